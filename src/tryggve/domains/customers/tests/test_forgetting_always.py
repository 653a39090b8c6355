"""Whatever is cut short, damaged or long: a deleted customer is gone from the lists, and nothing else is."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import CILLA, DAN, NOW
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.table import Row
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import reading, records
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.holding import (
    BO,
    DANS,
    HERS,
    HERS_ASIDE,
    cells_in,
    delete,
    document_of,
    needles_in,
    waiting,
)
from tryggve.domains.customers.tests.lists import add, bring_in, csv_of
from tryggve.lib import sandbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


POINTS = ["customer: marked for deletion", "customer: taken out of lists", "customer: key destroyed"]


def _cut() -> None:
    raise power.PowerCut


@pytest.mark.parametrize("point", POINTS)
def test_deletion_cut_short_is_finished_in_the_lists_too(cilla: UUID, point: str) -> None:
    held, aside = waiting(BO, *HERS), UUID(bring_in(csv_of(*HERS_ASIDE)).import_id)
    with pytest.raises(power.PowerCut), power.at_point(point, _cut):
        delete(cilla)
    # Once the key is gone nobody could recognise her any more.
    assert [needles_in(batch) == [] for batch in (held, aside)] == [point != POINTS[0]] * 2
    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert [needles_in(batch) for batch in (held, aside)] == [[], []]


def test_cut_between_two_lists_leaves_both_whole(cilla: UUID) -> None:
    first, second = waiting(BO, *HERS), waiting(DANS, *HERS)
    with power.cut_at(2):
        delete(cilla)
    assert (needles_in(first), len(needles_in(second))) == ([], 3)
    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert (needles_in(first), needles_in(second)) == ([], [])
    assert (cells_in(first)[0][0], cells_in(second)[0][0]) == ("Bo Ek", "Dan Sørensen")


def test_damaged_customer_is_taken_out_of_what_lists_said_of_that_card(cilla: UUID) -> None:
    held = waiting(BO, HERS[0])
    Customer.objects.filter(pk=cilla).update(details_sealed=b"damaged")
    delete(cilla)
    assert needles_in(held) == []


@pytest.mark.parametrize("document", ["file", "leftovers", "result"])
def test_list_that_does_not_open_holds_up_no_deletion_and_no_other_list(cilla: UUID, document: str) -> None:
    broken = UUID(bring_in(csv_of(*HERS_ASIDE)).import_id) if document == "leftovers" else waiting(BO, *HERS)
    sound = waiting(BO, *HERS)
    Import.objects.filter(pk=broken).update(**{f"{document}_sealed": b"\x01damaged"})

    delete(cilla)

    row = Import.objects.get(pk=broken)
    assert (row.file_sealed, row.leftovers_sealed, row.result_sealed) == (None, None, None)
    assert (Customer.objects.count(), needles_in(sound)) == (0, [])


PEOPLE = [
    f"{name} {family};{name.lower()}.{family.lower()}@example.se;{phone}"
    for name, family, phone in [
        ("Åsa", "Ek", "08-465 004 00"),
        ("Bo", "Ek", ""),
        ("Cilla", "Berg", "08-465 004 01"),
    ]
]
FAULTY = ["Fel;fel@", "Dan;dan@example.dk;07x", "Summa;;12", "", "Bo Ek;bo.ek@example.se;x;y;z;u;v"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.sampled_from([*PEOPLE, *FAULTY, *HERS, *HERS_ASIDE]), min_size=1, max_size=10),
    is_done=st.booleans(),
)
def test_no_list_holds_a_needle_and_every_other_row_is_as_it_was(rows: list[str], is_done: bool) -> None:
    Import.objects.all().delete()
    Customer.objects.all().delete()
    content = csv_of(*rows, PEOPLE[0])
    [cilla] = add(CILLA)
    batch = UUID(bring_in(content).import_id) if is_done else waiting(content=content)
    before = _aside(batch) if is_done else cells_in(batch)

    delete(cilla)

    after = _aside(batch) if is_done else cells_in(batch)
    hers = [row.split(";") for row in (*HERS, *HERS_ASIDE)]
    assert needles_in(batch) == []
    assert [row for row in after if row] == [row for row in before if row and row not in hers]


def _aside(batch: UUID) -> list[list[str]]:
    return [entry[1] for entry in json.loads(document_of(batch, "leftovers"))["set_aside"]]


def test_questions_follow_the_number_of_lists_and_never_their_length(cilla: UUID) -> None:
    [dan] = add(DAN)

    def asked(customer: UUID) -> int:
        with CaptureQueriesContext(connection) as queries:
            delete(customer)
        return len(queries)

    waiting(BO)
    few = asked(dan)
    [dan] = add(DAN)
    Import.objects.all().delete()
    waiting(*(f"Kund {number};kund{number}@example.se" for number in range(400)))
    assert asked(dan) == few


def test_register_is_opened_once_however_many_lists_hold_the_customer(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(DAN, replace(DAN, name="Dan Ek"), replace(DAN, name="Dan Berg"))
    for _number in range(4):
        waiting(BO, *HERS)
    real, opened = sealing.opened, list[object]()

    def counted(rows: object, **rest: object) -> object:
        for row in real(rows, **rest):  # type: ignore[arg-type]
            opened.append(row)
            yield row

    monkeypatch.setattr(sealing, "opened", counted)
    delete(cilla)
    assert len(opened) == 3

    [dan, *_rest] = Customer.objects.values_list("pk", flat=True)
    opened.clear()
    delete(dan)
    assert opened == []


def test_only_lines_that_may_be_the_customers_are_read_again_and_no_file(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty lists of ten thousand lines must not make a deletion take minutes."""
    [dan] = add(DAN)
    for first in range(0, 300, 100):
        waiting(
            BO, HERS[0], *(f"Kund {number};kund{number}@example.se" for number in range(first, first + 100))
        )
    real, lines = RowReader.read, list[int]()

    def counted(reader: RowReader, row: Row) -> Line:
        lines.append(row.line)
        return real(reader, row)

    monkeypatch.setattr(RowReader, "read", counted)
    monkeypatch.setattr(reading, "_LIMITS", sandbox.Limits(memory_bytes=1))  # no child could read a file
    delete(dan)
    assert lines == []
    delete(cilla)
    assert set(lines) == {3}
    assert len(lines) == 2 * 3  # when they are looked for, and when they are taken out
