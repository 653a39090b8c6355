import io
import json
from collections import Counter
from uuid import UUID

import pytest

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.results import Aside, Double, ImportResult, Left
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.lists import csv_of
from tryggve.lib.ids import new_id

ASA = UUID(int=1)
KNOWN = [(ASA, Details(name="Åsa Ek", emails=("asa@example.se",), source="fair"))]


def _plan(*rows: str, known: list[tuple[UUID, Details]] = KNOWN, source: str = "") -> Plan:
    return _plan_of(csv_of(*rows), known=known, source=source)


def _plan_of(content: bytes, *, known: list[tuple[UUID, Details]] = KNOWN, source: str = "") -> Plan:
    table = read_table(io.BytesIO(content))
    return planning.plan(table, known=known, source=source, country="SE", new_id=new_id)


def test_every_line_has_one_fate() -> None:
    plan = _plan(
        "Bo;bo@example.se", "Åsa Ek;asa@example.se", "Åsa Ek;asa@example.se;08-465 004 00", "", "Dan;no address",
        "Bo;bo@example.se;070-174 06 05", "Summa;;;5",
    )  # fmt: skip
    result = plan.result
    assert (result.rows, result.created, result.updated, result.unchanged) == (7, 1, 2, 1)
    assert result.set_aside == [Aside(6, "E-mail", "bad_email")]
    assert result.skipped == [Left(5, "empty"), Left(8, "total")]


def test_new_customer_of_several_lines_is_written_once_with_all_of_them() -> None:
    plan = _plan("Bo;bo@example.se", "Bo;bo@example.se;070-174 06 05", known=[])
    [(bo, details)] = plan.new.items()
    assert details == Details(name="Bo", emails=("bo@example.se",), phones=("070-174 06 05",))
    assert (plan.additions, plan.writes) == ({}, 1)
    assert plan.result.duplicates == [Double(3, str(bo), "same_person", place=1, row=0)]


def test_known_customer_gains_each_line_by_itself() -> None:
    plan = _plan("Åsa Ek;asa@example.se;08-465 004 00", "Åsa Ek;asa@example.se;070-174 06 05")
    assert [line.phones for line in plan.additions[ASA]] == [("08-465 004 00",), ("070-174 06 05",)]
    assert (plan.new, plan.writes) == ({}, 1)


def test_source_is_given_to_lines_that_name_none() -> None:
    content = b"Name;E-mail;Source\nBo;bo@example.se;\nDan;dan@example.dk;web\n"
    plan = _plan_of(content, source="autumn fair")
    assert [details.source for details in plan.new.values()] == ["autumn fair", "web"]


def test_same_list_with_another_source_a_tag_or_a_note_makes_nobody_new() -> None:
    rows = ["Namn;Postnr;Ort;Taggar;Anteckning", "Anna;111 22;Lund;{}", "Bo;;Kivik;{}", "Dan;222 22;;{}"]
    first = _plan_of("\n".join(rows).format("", "", "").encode(), known=[], source="")
    for beside in (";", "VIP;", ";ring"):
        again = _plan_of(
            "\n".join(rows).format(beside, beside, beside).encode(),
            known=list(first.new.items()),
            source="fair",
        )
        assert (again.result.created, again.result.updated) == (0, 3)


def test_other_source_changes_nothing_of_who_is_known() -> None:
    plan = _plan("Åsa Ek;asa@example.se", source="autumn fair")
    assert (plan.result.unchanged, plan.writes) == (1, 0)
    assert plan.leftovers["not_taken"] == [[2, str(ASA), {"source": "autumn fair"}]]


def test_column_without_a_field_is_kept_beside_and_named_never_noted() -> None:
    plan = _plan("Bo;bo@example.se;;Likes tea;43", "Dan;dan@example.dk")
    [bo, _dan] = plan.new
    assert plan.result.kept_columns == ["Shoe size"]
    assert plan.leftovers["kept"] == [[2, str(bo), {"Shoe size": "43"}]]
    assert plan.new[bo].note == "Likes tea"


def test_row_set_aside_is_kept_whole() -> None:
    assert _plan("Bo;bo@;070;tea;43").leftovers["set_aside"] == [
        [2, ["Bo", "bo@", "070", "tea", "43"], "bad_email", None, ["person bo"], "E-mail"]
    ]


def test_formula_never_worked_out_sets_its_row_aside_when_the_column_has_a_field() -> None:
    rows: list[list[object]] = [
        ["Namn", "E-post", "Skostorlek"],
        ["=A1", "asa@example.se", 38],
        ["Bo", "bo@example.se", "=1+1"],
    ]
    plan = _plan_of(workbook(rows), known=[])
    assert plan.result.set_aside == [Aside(2, "Namn", "cell_error")]
    assert [details.name for details in plan.new.values()] == ["Bo"]


def test_preview_shows_the_first_ten_lines_and_what_happens_to_each() -> None:
    plan = _plan(
        "Åsa Ek;asa@example.se",
        "Åsa Ek;asa@example.se;08-465 004 00",
        *(f"Kund {n};k{n}@example.se" for n in range(12)),
    )
    assert [sample.line for sample in plan.samples] == list(range(2, 12))
    assert Counter(sample.fate for sample in plan.samples) == {"unchanged": 1, "updated": 1, "new": 8}


def test_file_without_headings_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        _plan_of(b"1;2;3\n4;5;6\n")
    assert refused.value.code == "no_headings"


def test_result_survives_being_kept() -> None:
    result = _plan("Bo;bo@example.se", "Bo;bo@example.se", "", "Dan;no address").result
    assert ImportResult.from_json(json.loads(json.dumps(result.to_document()))) == result
