"""A table that comes from a process which believed foreign bytes is checked whole."""

import datetime
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.files import table_rehearsal
from tryggve.domains.customers.engine.files.table_parts import Garbled, _parts_with, parts_of, table_of
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Fault, Limits, Row, Table, UnreadableFile
from tryggve.domains.customers.tests.engine.cards import vcf
from tryggve.domains.customers.tests.engine.ods_files import ods
from tryggve.domains.customers.tests.engine.workbooks import with_sheet, workbook
from tryggve.domains.customers.tests.engine.xls_files import Error, xls
from tryggve.domains.customers.tests.files.make_files import LISTS, content_of
from tryggve.lib.sandbox.answers import MOST_LINE_BYTES

_WITH_ERROR = with_sheet(
    workbook([("Namn", "Ort"), ("Anna", 5)], [("Blad", "två")]),
    rb'(<c r="B2") t="n"><v>5',
    rb'\1 t="e"><v>#N/A',
)
_HEAD: dict[str, Any] = {
    "kind": "csv",
    "encoding": "utf-8",
    "delimiter": ";",
    "sheet": "",
    "other_sheets": [],
}
_PART: dict[str, Any] = {
    "lines": [1, 2], "widths": [2, 1], "cells": ["Namn", "Ort", "Anna"], "faults": [[1, 1, "cell_error"]],
}  # fmt: skip
_LONG: dict[str, Any] = {"lines": [1], "widths": [2], "cells": [], "lengths": [2, 3], "faults": []}
_ROWS = [Row(1, ("Namn", "Ort")), Row(2, ("Anna",), ((1, "cell_error"),))]
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=3) | st.just("cell_error"),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


def _over_the_wire(content: bytes) -> Iterator[Any]:
    return (json.loads(json.dumps(part)) for part in parts_of(io.BytesIO(content)))


_OTHERS = [
    xls([["Namn", "Ort"], ["Anna", Error()]]), ods([["Namn"], [datetime.date(2026, 3, 2)]]),
    vcf(["FN:Anna"], ["KIND:group"]) + b"BEGIN:VCARD\nFN:Bo",
]  # fmt: skip


@pytest.mark.parametrize("content", [*map(content_of, LISTS), *_OTHERS, _WITH_ERROR, b"Namn\n" * 1201])
def test_table_arrives_as_it_was_read(content: bytes) -> None:
    table = table_of(_over_the_wire(content))
    assert table == read_table(io.BytesIO(content))
    assert (content != _WITH_ERROR) or (table.rows[1].faults, table.other_sheets) == (
        ((1, "cell_error"),), ("Blad 2",),
    )  # fmt: skip


def test_refusal_arrives_with_code_line_and_limit() -> None:
    with pytest.raises(UnreadableFile) as refused:
        table_of(_over_the_wire(b"Namn\nAn\0na\n"))
    assert (refused.value.code, refused.value.line, refused.value.limit) == ("null_bytes", 2, None)
    with pytest.raises(UnreadableFile) as refused:
        table_of(iter([{"unreadable": "too_many_rows", "line": None, "limit": 7}]))
    assert (refused.value.code, refused.value.limit) == ("too_many_rows", 7)


def test_parts_in_good_form_are_a_table() -> None:
    assert table_of(iter([_HEAD, _PART])) == Table("csv", _ROWS, "utf-8", ";")


@pytest.mark.parametrize(
    "parts",
    [
        [], ["head"], [{}], [_HEAD | {"kind": "pdf"}], [_HEAD | {"sheet": 1}], [_HEAD | {"other_sheets": "x"}],
        [{"unreadable": 1}], [{"unreadable": "empty", "line": "x"}], [{"unreadable": "empty", "limit": True}],
        [_HEAD, "part"], [_HEAD, {}], [_HEAD, _PART | {"lines": [1], "faults": []}],
        [_HEAD, _PART | {"lines": [1, True]}],
        [_HEAD, _PART | {"lines": [1, -2]}], [_HEAD, _PART | {"widths": [2, 2]}],
        [_HEAD, _PART | {"widths": [4, -1]}], [_HEAD, _PART | {"cells": ["Namn", "Ort", 7]}],
        [_HEAD, _PART | {"cells": ["Namn", "Ort", "\ud800"]}], [_HEAD, _PART | {"faults": [[2, 1, "cell_error"]]}],
        [_HEAD, _PART | {"faults": [[1, 1, "other"]]}], [_HEAD, _PART | {"faults": [[1, "cell_error"]]}],
        [_HEAD, _PART | {"faults": "x"}],
        [_HEAD, _PART, "piece"], [_HEAD, "piece", _PART], [_HEAD, "piece", _LONG | {"lengths": [2, 4]}],
        [_HEAD, "piece", _LONG | {"lengths": [-1, 6]}], [_HEAD, "pie", "ce", _LONG], [_HEAD, "", "piece", _LONG],
        [_HEAD, "pie\ud800e", _LONG], [_HEAD, "piece", _LONG | {"cells": ["x"]}], [_HEAD, _LONG],
    ],
)  # fmt: skip
def test_parts_out_of_form_are_refused(parts: list[Any]) -> None:
    with pytest.raises(Garbled):
        table_of(iter(parts))


def test_long_row_in_pieces_is_a_row() -> None:
    assert table_of(iter([_HEAD, "piece", _LONG, _PART])).rows == [Row(1, ("pi", "ece")), *_ROWS]


_LONGEST = "\U0001f600" * 20_000
_FAULTY: tuple[tuple[int, Fault], ...] = tuple((place, "formula_without_value") for place in range(1000))


@pytest.mark.parametrize(
    "rows",
    [
        [Row(1, ("Namn", "Not")), Row(2, ("Anna", _LONGEST)), Row(3, ("Bo",))] * 4,
        [Row(number, ("\x01" * 165,)) for number in range(1, 1502)],
        [Row(1, (_LONGEST,) * 1000), Row(2, ("Bo", "", _LONGEST * 30, "")), Row(3, ("Dan", "x" * 85_000))],
        [Row(200_000, ("\x01",) * 1000, _FAULTY)] * 51,
        [Row(1, ("Namn",)), Row(2, ("x" * 170_000,))],
        [Row(1, ()), Row(2, ("Namn",))] * 1000,
    ],
)
def test_no_part_is_longer_than_a_sandbox_takes_and_the_table_is_the_same(rows: list[Row]) -> None:
    """Letters that need twelve bytes, in the longest cells, the widest rows and the most faults."""
    lines = [json.dumps(["value", part]) for part in _parts_with(rows)]
    assert max(map(len, lines)) < MOST_LINE_BYTES
    assert table_of(iter([_HEAD, *(json.loads(line)[1] for line in lines)])).rows == rows


def test_more_faults_than_cells_are_refused() -> None:
    faulty = _PART | {"faults": [[1, 0, "cell_error"]] * 6}
    assert len(table_of(iter([_HEAD, faulty]), Limits(cells=6)).rows[1].faults) == 6
    with pytest.raises(Garbled):
        table_of(iter([_HEAD, faulty]), Limits(cells=5))


@pytest.mark.parametrize("limits", [Limits(rows=3), Limits(cells=5)])
def test_more_than_a_file_may_hold_is_refused_before_all_of_it_came(limits: Limits) -> None:
    parts = iter([_HEAD, *[_PART] * 9])
    with pytest.raises(Garbled):
        table_of(parts, limits)
    assert len(list(parts)) == 7


@given(st.sampled_from(sorted(_HEAD)) | st.sampled_from(sorted(_PART)), _ANYTHING)
def test_any_value_in_any_place_is_a_table_or_refused(name: str, value: Any) -> None:
    head, part = dict(_HEAD), dict(_PART)
    (head if name in head else part)[name] = value
    with suppress(Garbled, UnreadableFile):
        table = table_of(iter([head, part]))
        assert all(isinstance(cell, str) for row in table.rows for cell in row.cells)


def _refused(read: Callable[[], Any]) -> str:
    try:
        read()
    except UnreadableFile as refused:
        return refused.code
    return ""


def test_rehearsal_reads_each_kind_and_encoding() -> None:
    files = list(table_rehearsal.files())
    codes = [_refused(lambda content=content: read_table(io.BytesIO(content))) for content in files]  # type: ignore[misc]
    assert codes == [""] * (len(files) - 1) + ["truncated"]
    understood = {
        (table.kind, table.encoding) for table in (read_table(io.BytesIO(content)) for content in files[:-1])
    }
    assert understood == {
        *((kind, "") for kind in ("xlsx", "xls", "ods", "vcard")),
        *(("csv", name) for name in ("utf-8", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-1")),
    }
