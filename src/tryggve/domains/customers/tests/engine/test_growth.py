"""The work follows the length of a list, and no customer grows without end. Counted, never timed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from uuid import UUID

import pytest

from tryggve.domains.customers.engine.columns.headings import columns_of
from tryggve.domains.customers.engine.comparison import likeness, matching
from tryggve.domains.customers.engine.comparison.merging import MOST_IN_LIST
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.results import Aside
from tryggve.domains.customers.engine.values import addresses, emails
from tryggve.domains.customers.tests.engine.plans import plan_of


@contextmanager
def _counted(function: Callable[..., Any]) -> Iterator[list[int]]:
    """How often a function is called meanwhile, by whatever name."""
    calls = [0]

    def look(frame: FrameType, event: str, _argument: object) -> None:
        calls[0] += event == "call" and frame.f_code is function.__code__

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@contextmanager
def _lines_run(filename: str) -> Iterator[list[int]]:
    """How many lines of that file are run meanwhile."""
    lines = [0]

    def look(frame: FrameType, event: str, _argument: object) -> Callable[..., Any] | None:
        lines[0] += event == "line"
        return look if frame.f_code.co_filename == filename else None

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield lines
    finally:
        sys.settrace(before)


def _one_person_with_addresses(rows: int) -> bytes:
    groups = 15
    lines = ["Namn;E-post" + ";Adress;Ort" * groups]
    lines += [
        "Anna;a@example.se" + "".join(f";Gata {row} {n};Lund" for n in range(groups)) for row in range(rows)
    ]
    return "\n".join(lines).encode()


def _firm_with_switchboard(rows: int) -> bytes:
    lines = [f"Bygg AB;08-46500400;nr{row}@example.se" for row in range(rows)]
    return "\n".join(["Företag;Telefon;E-post", *lines]).encode()


def _firms_of_one_name(rows: int) -> bytes:
    return "\n".join(["Namn;Företag", *(f"Kassan;Firma {row}" for row in range(rows))]).encode()


def _namesakes_in_one_house(rows: int) -> bytes:
    lines = [f"Anna;Gata 1;Lund;{row}@example.se" for row in range(rows)]
    return "\n".join(["Namn;Adress;Ort;E-post", *lines]).encode()


def _nameless_with_one_telephone(rows: int) -> bytes:
    lines = [f";08-46500400;{row}@example.se" for row in range(rows // 2)]
    lines += [f"Bo {row};08-46500400;bo{row}@example.se" for row in range(rows // 2)]
    return "\n".join(["Namn;Telefon;E-post", *lines]).encode()


def _calls(function: Callable[..., Any], content: bytes) -> tuple[int, Plan]:
    with _counted(function) as calls:
        plan = plan_of(content, known=[])
    return calls[0], plan


@pytest.mark.parametrize("rows", [5, 40])
def test_address_is_brought_to_comparable_form_twice_at_most(rows: int) -> None:
    calls, _plan = _calls(addresses.address_key, _one_person_with_addresses(rows))
    assert calls <= 2 * rows * 15


@pytest.mark.parametrize("rows", [50, 1500])
def test_email_is_brought_to_comparable_form_a_fixed_number_of_times(rows: int) -> None:
    calls, _plan = _calls(emails.email_key, _firm_with_switchboard(rows))
    assert calls <= 10 * rows


@pytest.mark.parametrize(
    "list_of", [_firms_of_one_name, _namesakes_in_one_house, _nameless_with_one_telephone]
)
def test_comparing_twice_as_many_costs_about_twice_as_much(list_of: Callable[[int], bytes]) -> None:
    once, twice = list_of(300), list_of(600)
    with _lines_run(str(matching.__file__)) as few:
        plan_of(once, known=[])
    with _lines_run(str(matching.__file__)) as many:
        plan_of(twice, known=[])
    assert few[0] > 3000
    assert many[0] < 2.4 * few[0]


def test_customer_stops_growing_and_further_rows_are_set_aside_whole() -> None:
    plan = plan_of(_firm_with_switchboard(MOST_IN_LIST + 2), known=[])
    [firm] = plan.new.values()
    first_aside = MOST_IN_LIST + 2
    assert len(firm.emails) == MOST_IN_LIST
    assert plan.result.set_aside == [
        Aside(first_aside, None, "too_much"),
        Aside(first_aside + 1, None, "too_much"),
    ]
    [firm_id] = plan.new
    assert plan.leftovers["set_aside"][0][:4] == [
        first_aside, ["Bygg AB", "08-46500400", f"nr{MOST_IN_LIST}@example.se"], "too_much", str(firm_id),
    ]  # fmt: skip
    again = plan_of(_firm_with_switchboard(MOST_IN_LIST + 2), known=list(plan.new.items()))
    assert (again.writes, again.result.unchanged) == (0, MOST_IN_LIST)


def test_note_stops_growing() -> None:
    rows = [f"Anna;a@example.se;{row} {'ord ' * 4000}" for row in range(6)]
    plan = plan_of("\n".join(["Namn;E-post;Anteckning", *rows]).encode(), known=[])
    assert [aside.reason for aside in plan.result.set_aside] == ["too_much"] * 3


def test_note_of_very_many_paragraphs_stops_growing() -> None:
    known = (UUID(int=1), Details(name="Anna", note="\n\n".join(map(str, range(499)))))
    plan = plan_of(b"Namn;Anteckning\nAnna;ring\nAnna;fax\n", known=[known])
    assert (plan.result.updated, plan.result.set_aside) == (1, [Aside(3, None, "too_much")])


def test_customer_with_a_long_note_still_gains_a_telephone_number() -> None:
    known = (UUID(int=1), Details(name="Anna", note="ord " * 20_000))
    plan = plan_of(b"Namn;Telefon\nAnna;08-46500400\n", known=[known])
    assert (list(plan.additions), plan.result.set_aside) == ([known[0]], [])


def test_row_with_more_than_a_customer_may_have_is_set_aside() -> None:
    many = ",".join(f"{n}@example.se" for n in range(MOST_IN_LIST + 1))
    plan = plan_of(f"Namn;E-post\nAnna;{many}\n".encode(), known=[])
    assert plan.result.set_aside == [Aside(2, None, "too_much")]


def test_addresses_beyond_twenty_are_kept_beside() -> None:
    headings = ("Namn", *["Adress", "Ort"] * 22)
    columns = columns_of(headings)
    assert [column.heading for column in columns if column.field is None] == [
        "Adress (21)", "Ort (21)", "Adress (22)", "Ort (22)",
    ]  # fmt: skip


def test_comparing_with_many_namesakes_ends() -> None:
    """Sixty people of one name in sixty firms, without contacts, are found again each."""
    rows = [f"Kassan;Firma {n}" for n in range(60)]
    content = "\n".join(["Namn;Företag", *rows]).encode()
    first = plan_of(content, known=[])
    assert len(first.new) == 60
    assert plan_of(content, known=list(first.new.items())[::-1]).writes == 0


def test_known_customer_keeps_more_than_a_list_could_give() -> None:
    long = Details(name="Anna", addresses=tuple(Address(f"Gata {n}", city="Lund") for n in range(150)))
    customer = UUID(int=1)
    plan = plan_of(b"Namn;Adress;Ort;Telefon\nAnna;Gata 3;Lund;08-46500400\n", known=[(customer, long)])
    assert (list(plan.additions), plan.result.set_aside) == ([customer], [])


def _neighbours(rows: int) -> bytes:
    """Everybody in one house and of one surname: each block has all of them."""
    lines = [f"Anna{row:05} Ek;Storgatan 5;111 22;Lund" for row in range(rows)]
    return "\n".join(["Namn;Adress;Postnr;Ort", *lines]).encode()


def test_looking_for_people_alike_in_one_house_costs_about_twice_as_much_for_twice_as_many() -> None:
    once, plan = _calls(likeness.are_alike, _neighbours(400))
    twice, _plan = _calls(likeness.are_alike, _neighbours(800))
    assert (len(plan.new), once > 4000) == (400, True)
    assert twice < 2.4 * once
