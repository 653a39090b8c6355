"""Whose a line is: what an import would say, and no other notion of it."""

import io
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.comparison.marks import general_marks
from tryggve.domains.customers.engine.comparison.matching import Matcher
from tryggve.domains.customers.engine.comparison.outcomes import Full, Same
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.recognition import Candidates, Known, places_about
from tryggve.domains.customers.engine.imports.tracing import Sought, Trace, found
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.understood import understand
from tryggve.domains.customers.tests.engine.strategies import details
from tryggve.lib.ids import new_id

WHO = UUID(int=1)
NUMBER = "19000099-0000"
HEADINGS = "Namn;E-post;Telefon;Adress;Postnr;Ort;Personnummer"


def _own(
    *rows: str,
    sought: Details = CILLA,
    others: Iterable[Known] = (),
    numbers: Iterable[str] = (),
    top: str = "",
) -> list[int]:
    """The numbers of the lines that are hers; the first row is line 2, or lower by what stands on top."""
    content = "\n".join(filter(None, [top, HEADINGS, *rows])).encode()
    read = understand(read_table(io.BytesIO(content)), "SE")
    plan = planning.plan_understood(read, known=(), source="", country="SE", new_id=new_id)
    held = WaitingList.of(read, plan, source="", country="SE")
    person = Sought(str(WHO), sought, frozenset(numbers))
    near = {trace.place: trace.line for trace in found(held.traces(), person)}
    lines = {place: line for place, (_cells, line) in held.at(near, "SE").items()}
    candidates = Candidates.of(lines, columns=held.columns, sought=person, country="SE")
    own = places_about(person, candidates, others=others, country="SE", new_id=new_id)
    return sorted(near[place] for place in own)


@pytest.mark.parametrize(
    "row",
    [
        "Cilla Åkerström;cilla@example.se",
        "ÅKERSTRÖM, CILLA;CILLA@example.se",
        "Cilla Åkerström;;+46 70 174 06 05",
        ";cilla@example.se",
        "Cilla Åkerström;;;Storgatan 1;111 22;Stockholm",
        "Cilla Åkerström;annan@example.se;0701740605",
    ],
)
def test_line_is_hers_by_name_and_contact_or_place_or_by_a_contact_alone(row: str) -> None:
    assert _own("Bo;bo@example.se", row) == [3]


@pytest.mark.parametrize(
    "row",
    [
        "Cilla Berg;c.berg@example.se",
        "Dan Åkerström;cilla@example.se",
        "Cilla Åkerström;annan@example.se;08-465 004 00",
        "Bo;bo@example.se;;Storgatan 1;111 22;Stockholm",
    ],
)
def test_line_of_a_namesake_or_of_one_who_shares_her_mail_is_not_hers(row: str) -> None:
    assert _own(row) == []


def test_line_known_only_through_another_line_is_hers() -> None:
    assert _own("Cilla Åkerström;cilla@example.se;08-465 004 00", ";;08-465 004 00", "Bo;;08-465 004 00") == [
        2,
        3,
    ]


def test_line_that_a_second_customer_may_be_stays() -> None:
    twin = (UUID(int=2), replace(CILLA, note=""))
    assert _own("Cilla Åkerström;cilla@example.se", others=[twin]) == []
    assert _own("Cilla Åkerström;cilla@example.se", others=[(UUID(int=2), DAN)]) == [2]


@pytest.mark.parametrize(
    "row",
    [
        "Cilla Åkerström;cilla@",
        "Cilla Åkerström;cilla@example.se, fel@;",
        "Cilla Åkerström;cilla@example.se;ring inte",
        "Cilla \x01Åkerström;cilla@example.se",
        "Cilla �kerström;cilla@example.se",
        "Cilla;Åkerström;cilla@example.se;0701740605;Storgatan 1;111 22;Stockholm;kund;x",
        "x;y;z;Åkerström;Cilla;u;v;Storgatan 1;w",
    ],
)
def test_row_set_aside_is_hers_by_what_can_be_read_of_it(row: str) -> None:
    assert _own("Bo;bo@example.se", row) == [3]


@pytest.mark.parametrize(
    "row", ["Dan Sørensen;dan@", "Cilla Berg;cilla.berg@;08-1", "x;y;z;Åkerström;Cilla;u;v;Lillgatan 2;w"]
)
def test_row_set_aside_of_somebody_else_is_not_hers(row: str) -> None:
    assert _own(row, "Bo;bo@example.se") == []


def test_row_under_other_headings_or_above_them_is_hers_by_her_mail() -> None:
    assert _own(
        "Bo;bo@example.se", "Ort;Namn;E-post", "Kivik;Cilla Åkerström;cilla@example.se", "Lund;Dan;dan@example.dk",
        top="cilla@example.se;Cilla Åkerström",
    ) == [1, 5]  # fmt: skip


def test_rows_swallowed_by_a_quotation_mark_are_hers_if_one_of_them_is() -> None:
    swallowed = '"Bo;bo@example.se;;;;;\nCilla Åkerström;cilla@example.se;;;;;\nDan;dan@example.dk;;;;;"'
    assert _own("Dan;dan@example.dk", swallowed) == [3]


def test_row_that_names_nobody_is_hers_by_her_identity_number() -> None:
    rows = [";;;;;Lund;000099-0000", ";;;;;Lund;000099-0001", "Bo;bo@example.se;;;;;000099-0000"]
    assert (_own(*rows, numbers=["0000990000"]), _own(*rows)) == ([2], [])


def test_without_details_nobody_is_recognised() -> None:
    nobody = Candidates(drafts={0: CILLA}, asides={})
    assert places_about(Sought(str(WHO)), nobody, others=(), country="SE", new_id=new_id) == set()


@given(people=st.lists(details(), max_size=8), her=details(), others=st.lists(details(), max_size=3))
def test_line_is_hers_exactly_when_an_import_takes_it_for_her(
    people: list[Details], her: Details, others: list[Details]
) -> None:
    """Only lines that are tied to her by what they share are compared: the others change nothing."""
    known = [(UUID(int=number), other) for number, other in enumerate(others, start=2)]
    rows = [one for one in people if one.name or one.emails or one.phones]
    traces = [Trace(place, place, "new", None, general_marks(one, "SE")) for place, one in enumerate(rows)]
    sought = Sought(str(WHO), her)
    near = {trace.place: Draft(trace.line, rows[trace.place]) for trace in found(traces, sought)}
    candidates = Candidates.of(near, columns=(), sought=sought, country="SE")
    own = places_about(sought, candidates, others=known, country="SE", new_id=new_id)
    assert own == _taken_for_her(rows, her, known)


def _taken_for_her(rows: list[Details], her: Details, known: list[Known]) -> set[int]:
    matcher = Matcher([*known, (WHO, her)], rows, country="SE", new_id=new_id)
    decisions = [matcher.decide(row) for row in rows]
    return {
        place
        for place, decision in enumerate(decisions)
        if isinstance(decision, Same | Full) and decision.customer == WHO
    }
