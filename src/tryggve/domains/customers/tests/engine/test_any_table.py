import csv
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, UnreadableFile
from tryggve.domains.customers.tests.engine import strategies
from tryggve.domains.customers.tests.engine.damage import damaged
from tryggve.domains.customers.tests.engine.outcomes import outcome_of
from tryggve.domains.customers.tests.engine.workbooks import with_part
from tryggve.domains.customers.tests.files.make_files import LISTS, content_of

_HEADINGS = ("Namn", "Företag", "E-post", "Telefon", "Adress", "Ort", "Anteckning", "Taggar", "Nivå")
_SPREADSHEET = content_of("spreadsheet.xlsx")
_SMALL = Limits(bytes=2_000_000, rows=5_000, unpacked_bytes=5_000_000, cells=200_000)


def _cell(*usual: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *usual]) | st.text(max_size=12)


_ROW = st.tuples(
    _cell(*strategies.NAMES),
    _cell(*strategies.FIRMS),
    _cell(*strategies.EMAILS, "a@example.se;b@example.se"),
    _cell(*strategies.PHONES),
    _cell(*strategies.STREETS),
    _cell(*strategies.PLACES),
    _cell(*strategies.NOTES, 'en "rad"\ntill;'),
    _cell(*strategies.TAGS, "VIP, Lund"),
    _cell("guld"),
)


def _written(rows: list[tuple[str, ...]], delimiter: str = ";") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def _reads_or_refuses(data: bytes) -> None:
    try:
        outcome = outcome_of(data) if len(data) < 3_000 else None
        if outcome is None:
            read_table(io.BytesIO(data), _SMALL)
    except UnreadableFile:
        pass


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _reads_or_refuses(data)


@given(
    st.text(alphabet=st.sampled_from('Namn;,\t|"\n\r\x00\x1asep=@1å\ufeff'), max_size=200),
    st.sampled_from(["utf-8", "utf-16", "utf-16-be"]),
)
def test_any_text_is_read_or_refused(text: str, encoding: str) -> None:
    _reads_or_refuses(text.encode(encoding))


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=50)
@given(damage=st.randoms(use_true_random=False))
def test_damaged_file_is_read_or_refused(name: str, damage: random.Random) -> None:
    _reads_or_refuses(damaged(content_of(name), damage))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet2.xml"]
)
@settings(max_examples=50)
@given(damage=st.randoms(use_true_random=False))
def test_workbook_with_a_damaged_part_is_read_or_refused(part: str, damage: random.Random) -> None:
    _reads_or_refuses(with_part(_SPREADSHEET, part, lambda xml: damaged(xml, damage)))


@settings(max_examples=150)
@given(st.lists(_ROW, max_size=20))
def test_each_line_of_any_table_is_counted_once(rows: list[tuple[str, ...]]) -> None:
    text = _written([_HEADINGS, *rows])
    data = text.encode("utf-8", "replace")
    try:
        outcome = outcome_of(data)
    except UnreadableFile:
        return
    table = read_table(io.BytesIO(data))
    assert outcome.lines == sorted(row.line for row in table.rows if row.line != 1)


@settings(max_examples=150)
@given(st.lists(_ROW, max_size=20))
def test_any_table_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    data = _written([_HEADINGS, *rows]).encode("utf-8", "replace")
    try:
        first = outcome_of(data)
    except UnreadableFile:
        return
    again = outcome_of(data, first.known.items())
    assert (again.created, again.updated, again.known) == ([], [], first.known)
    assert (again.set_aside, again.skipped) == (first.set_aside, first.skipped)


_LETTERS = st.text(
    alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"]) | st.sampled_from(';,\t|"\n'),
    max_size=15,
)


@settings(max_examples=150)
@given(
    st.lists(st.lists(_LETTERS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    st.sampled_from(";,\t|"),
)
def test_cells_come_back_as_written_in_any_encoding(
    rows: list[list[str]], encoding: str, delimiter: str
) -> None:
    # «Ångström» makes sure that the encodings differ at all.
    text = _written([("Namn", "E-post", "Ångström"), *map(tuple, rows)], delimiter)
    read = [row.cells for row in read_table(io.BytesIO(text.encode(encoding))).rows]
    assert read == [("Namn", "E-post", "Ångström"), *(_without_empty_end(row) for row in rows)]


def _without_empty_end(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(cells)
