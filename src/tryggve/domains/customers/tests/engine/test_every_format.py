"""What makes a list odd or bad, said once for every kind of file that is read."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest

from tryggve.domains.customers.engine.files import ole_parts
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, UnreadableFile
from tryggve.domains.customers.tests.engine.cards import card_of, old_card_of
from tryggve.domains.customers.tests.engine.ods_files import ods
from tryggve.domains.customers.tests.engine.outcomes import outcome_of
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.engine.xls_files import book

Rows = Sequence[Sequence[str]]
_PROPERTIES = {"Name": "FN", "E-mail": "EMAIL"}
_ODD_NAMES = [
    "<script>alert(1)</script>",
    "\u202eevil\u202c Ek",
    "🙂 Åsa",
    "Robert'); DROP TABLE--",
    "' OR 1=1",
    "{{ 7 }}{% x %}",
]


def _text(rows: Rows, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def _cards(rows: Rows, write: Callable[[Sequence[tuple[str, str]]], bytes]) -> bytes:
    [headings, *customers] = rows
    names = [_PROPERTIES.get(heading, "TEL") for heading in headings]
    return b"".join(write(list(zip(names, cells, strict=True))) for cells in customers)


KINDS: dict[str, Callable[[Rows], bytes]] = {
    "csv": lambda rows: _text(rows, ";"),
    "tsv": lambda rows: _text(rows, "\t"),
    "xlsx": workbook,
    "xls": lambda rows: ole_parts.ole_file("Workbook", book(rows)),
    "ods": ods,
    "vcard 2.1": lambda rows: _cards(rows, old_card_of),
    "vcard 3.0": lambda rows: _cards(rows, card_of),
    "vcard 4.0": lambda rows: _cards(rows, lambda card: card_of(card, "4.0")),
}
every_kind = pytest.mark.parametrize("write", KINDS.values(), ids=KINDS)


def _refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_table(io.BytesIO(data), limits or Limits())
    return refused.value.code


@every_kind
def test_odd_names_are_names_and_nothing_is_taken_from_them(write: Callable[[Rows], bytes]) -> None:
    rows = [("Name", "E-mail"), *((name, f"k{place}@example.se") for place, name in enumerate(_ODD_NAMES))]
    outcome = outcome_of(write(rows))
    assert [draft.details.name for draft in outcome.drafts] == _ODD_NAMES
    assert (outcome.set_aside, outcome.skipped) == ([], [])


@every_kind
def test_name_of_ten_thousand_letters_sets_its_own_row_aside(write: Callable[[Rows], bytes]) -> None:
    rows = [("Name", "E-mail"), ("x" * 10_000, "x@example.se"), ("Bo Ek", "bo@example.se")]
    outcome = outcome_of(write(rows))
    assert [(one["column"], one["reason"]) for one in outcome.set_aside] == [("Name", "too_long")]
    assert [draft.details.name for draft in outcome.drafts] == ["Bo Ek"]


@every_kind
def test_ten_thousand_columns_are_too_many(write: Callable[[Rows], bytes]) -> None:
    headings = ["Name", *(f"Phone {place}" for place in range(2, 10_001))]
    assert _refusal(write([headings, ["Anna", *["0701740605"] * 9_999]])) == "too_many_columns"


@every_kind
def test_file_over_the_limit_is_refused_and_one_of_exactly_the_limit_is_read(
    write: Callable[[Rows], bytes],
) -> None:
    data = write([("Name", "E-mail"), ("Anna Ek", "anna@example.se")])
    assert len(read_table(io.BytesIO(data), Limits(bytes=len(data))).rows) == 2
    assert _refusal(data, Limits(bytes=len(data) - 1)) == "too_large"


@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx", "xls", "ods"])
def test_headings_again_in_the_middle_are_no_customer(kind: str) -> None:
    headings = ("Name", "E-mail")
    rows = [headings, ("Anna Ek", "anna@example.se"), headings, ("Bo Ek", "bo@example.se")]
    outcome = outcome_of(KINDS[kind](rows))
    assert [draft.details.name for draft in outcome.drafts] == ["Anna Ek", "Bo Ek"]
    assert outcome.skipped == [{"line": 3, "reason": "title"}]
