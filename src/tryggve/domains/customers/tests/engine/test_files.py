import io
import json
import zipfile
from uuid import UUID
from xml.etree import ElementTree

import pytest

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.tests.engine.outcomes import outcome_of
from tryggve.domains.customers.tests.files.make_files import LISTS, content_of, files
from tryggve.lib.ids import new_id


def _expected(name: str) -> dict[str, object]:
    expected: dict[str, object] = json.loads(content_of(f"expected/{name}.json"))
    return expected


@pytest.mark.parametrize("name", [name for name in files() if not name.endswith(".xlsx")])
def test_file_is_what_the_script_makes(name: str) -> None:
    assert content_of(name) == files()[name]


def test_workbook_is_what_the_script_makes_part_for_part() -> None:
    # Not byte for byte: compression differs between builds of zlib, spelling between writers of XML.
    kept, made = (zipfile.ZipFile(io.BytesIO(data)) for data in (content_of(LISTS[5]), files()[LISTS[5]]))
    assert kept.namelist() == made.namelist()
    differing = [
        name
        for name in kept.namelist()
        if ElementTree.canonicalize(kept.read(name)) != ElementTree.canonicalize(made.read(name))
    ]
    assert differing == []


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_accounted_for(name: str) -> None:
    outcome, expected = outcome_of(content_of(name)), _expected(name)
    assert {
        "lines": {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged},
        "duplicates": outcome.duplicates,
        "set_aside": outcome.set_aside,
        "skipped": outcome.skipped,
    } == {part: expected[part] for part in ("lines", "duplicates", "set_aside", "skipped")}


@pytest.mark.parametrize("name", LISTS)
def test_plan_counts_what_the_lines_say(name: str) -> None:
    table = read_table(io.BytesIO(content_of(name)))
    plan = planning.plan(table, known=[], source="", country="SE", new_id=new_id)
    told, expected = plan.result.as_json(), _expected(name)
    counts = ("rows", "created", "updated", "unchanged", "set_aside", "skipped", "kept_columns")
    assert {part: told[part] for part in counts} == {part: expected[part] for part in counts}


@pytest.mark.parametrize("name", LISTS)
def test_lines_follow_each_other_without_gap(name: str) -> None:
    """Only the row of headings is no data line; a line inside quotes belongs to the row it began in."""
    rows = [row.line for row in read_table(io.BytesIO(content_of(name))).rows]
    outcome = outcome_of(content_of(name))
    assert len(rows) >= 300
    assert len(outcome.lines) == len(rows) - 1
    assert set(outcome.lines) < set(rows)


@pytest.mark.parametrize("name", LISTS)
def test_same_file_again_changes_nothing(name: str) -> None:
    first = outcome_of(content_of(name))
    again = outcome_of(content_of(name), first.known.items())
    assert (again.created, again.updated, again.known) == ([], [], first.known)
    assert again.unchanged == sorted(first.created + first.updated + first.unchanged)


def test_spreadsheet_is_read_from_its_first_sheet_with_rows() -> None:
    table = read_table(io.BytesIO(content_of("spreadsheet.xlsx")))
    assert (table.kind, table.sheet, table.other_sheets) == ("xlsx", "Kunder", ("Leverantörer",))


def test_spreadsheet_numbers_become_what_was_typed_and_get_their_zero_back() -> None:
    details = outcome_of(content_of("spreadsheet.xlsx")).known[UUID(int=4)]
    assert (details.phones, details.addresses[0].postcode) == (("0701740605",), "11122")


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("ugly-swedish.csv", "utf-8", ";"),
        ("utf-16-danish.csv", "utf-16-le", "\t"),
        ("windows-1252-norwegian.csv", "windows-1252", ";"),
        ("doubles.csv", "utf-8", ","),
        ("ten-faults.csv", "utf-8", ";"),
    ],
)
def test_encoding_and_delimiter_are_recognised(name: str, encoding: str, delimiter: str) -> None:
    table = read_table(io.BytesIO(content_of(name)))
    assert (table.encoding, table.delimiter) == (encoding, delimiter)


def test_ten_rows_are_set_aside_for_eight_reasons() -> None:
    reasons = [entry["reason"] for entry in outcome_of(content_of("ten-faults.csv")).set_aside]
    assert (len(reasons), len(set(reasons))) == (10, 8)
