import io
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.columns.headings import matched_by_hand
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.understood import Understood, understand
from tryggve.domains.customers.tests.engine.strategies import EMAILS, NAMES, PHONES

ASA = UUID(int=1)
KNOWN = [(ASA, Details(name="Åsa Ek", emails=("asa@example.se",)))]
CELLS = ["", "x", "a@b", "Summa", "Namn", "19000099-0000", "0701740605", *NAMES, *EMAILS, *PHONES]
LISTS = st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=12)


def _content(rows: list[list[str]]) -> bytes:
    headings = ["Namn", "E-post", "Telefon", "Personnummer", "Ort"]
    return "\n".join(
        ";".join(row) for row in [["Kundlista 2026"], headings, *rows, ["Bo", "bo@example.se"]]
    ).encode()


def _understood(content: bytes) -> Understood:
    return understand(read_table(io.BytesIO(content)), "SE")


def _plan(read: Understood) -> Plan:
    ids = iter(UUID(int=number) for number in range(2, 3000))
    return planning.plan_understood(read, known=KNOWN, source="", country="SE", new_id=lambda: next(ids))


def _held(content: bytes) -> WaitingList:
    read = _understood(content)
    return WaitingList.of(read, _plan(read), source="mässan", country="SE")


@given(rows=LISTS)
def test_list_that_waited_is_brought_in_as_if_it_had_not(rows: list[list[str]]) -> None:
    read = _understood(_content(rows))
    kept = WaitingList.from_bytes(_held(_content(rows)).to_bytes())
    assert (_plan(kept.understood("SE")), kept.source) == (_plan(read), "mässan")


@given(rows=LISTS, data=st.data())
def test_line_taken_out_leaves_its_number_and_every_other_line_as_it_was(
    rows: list[list[str]], data: st.DataObject
) -> None:
    held = _held(_content(rows))
    before = held.understood("SE").lines
    place = data.draw(st.integers(0, len(before) - 1))
    rest = WaitingList.from_bytes(held.without([place]).to_bytes())
    after = rest.understood("SE").lines
    assert after[place] == ((), Skipped(before[place][1].line, "forgotten"))
    assert after[:place] + after[place + 1 :] == before[:place] + before[place + 1 :]
    assert rest.traces() == [trace for trace in held.traces() if trace.place != place]


def test_line_that_describes_nobody_is_kept_without_its_cells() -> None:
    lines = _held(b"Lista av Karin\nNamn;E-post\n\nSumma;12\nBo;bo@\n").understood("SE").lines
    assert lines == [
        ((), Skipped(1, "title")), ((), Skipped(3, "empty")), ((), Skipped(4, "total")),
        (("Bo", "bo@"), SetAside(5, "E-post", "bad_email", ("Bo", "bo@"))),
    ]  # fmt: skip


def test_trace_names_whom_the_register_knows_and_never_whom_the_list_would_bring() -> None:
    traces = _held("Namn;E-post\nÅsa Ek;asa@example.se\nBo;bo@example.se\n".encode()).traces()
    assert [(trace.fate, trace.customer) for trace in traces] == [("unchanged", str(ASA)), ("new", None)]


def test_long_list_is_kept_whole() -> None:
    rows = [["Bo", f"bo{number}@example.se"] for number in range(2500)]
    assert len(_held(_content(rows)).understood("SE").lines) == 2502


def test_row_with_an_identity_number_is_read_anew_once_its_column_is_left_out() -> None:
    held = _held(b"Namn;Telefon\nAnna Ek;811218-9876\nBo Ek;070-1740605\n")
    [aside, _other] = [line for _cells, line in held.understood("SE").lines]
    left_out = held.matched(matched_by_hand(held.columns, {1: None}))
    [anna, _bo] = [line for _cells, line in left_out.understood("SE").lines]
    assert isinstance(aside, SetAside)
    assert isinstance(anna, Draft)
    assert (aside.reason, anna.details) == ("identity_number", Details(name="Anna Ek"))
