"""The record of processing holds every item of GDPR art. 30(1), none of them empty."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tryggve.domains.rights.engine.purposes import LANGUAGES, Controller, Language, Purpose, Receiver
from tryggve.domains.rights.engine.record import HEADINGS, ITEMS, record_of_processing
from tryggve.domains.rights.engine.record_csv import record_as_csv
from tryggve.domains.rights.engine.starter import firm_kinds
from tryggve.domains.rights.tests.engine import papers_of_law
from tryggve.domains.rights.tests.engine.papers_of_law import (
    ANNA,
    COUNTRIES,
    DAY,
    MEASURES,
    NEWSLETTER,
    purposes_of,
    record_of,
)

_FORMULAS = ["=1+1", "+1-1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def _rows(made: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def _csv(*purposes: Purpose, controller: Controller = ANNA, **other: Any) -> list[list[str]]:
    made = record_as_csv(controller, purposes, measures=MEASURES, language="sv", **other)
    return _rows(made, other.get("delimiter", ";"))


def test_items_are_those_of_the_law() -> None:
    assert len(ITEMS) == 7


@pytest.mark.parametrize("firm_kind", firm_kinds())
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_record_of_each_starter_set_holds_each_item(firm_kind: str, language: Language, country: str) -> None:
    said = record_of(firm_kind, country=country, language=language).said()
    assert sorted(said) == sorted(ITEMS)
    assert [text for texts in said.values() for text in texts if len(text) < 2 or "{" in text] == []


@pytest.mark.parametrize("firm_kind", firm_kinds())
def test_each_purpose_tells_its_own_items(firm_kind: str) -> None:
    [told] = [section for section in record_of(firm_kind).sections if section.sections]
    items = [
        {article for line in section.all_lines() for article in line.articles} for section in told.sections
    ]
    assert items == [{f"30(1)({letter})" for letter in "bcdef"}] * len(purposes_of(firm_kind))


@given(papers_of_law.controllers, papers_of_law.sets_of_purposes, papers_of_law.languages)
def test_whatever_a_firm_writes_each_item_is_told(
    controller: Controller, purposes: list[Purpose], language: Language
) -> None:
    paper = record_of_processing(controller, purposes, measures=MEASURES, language=language, made_on=DAY)
    assert sorted(paper.said()) == sorted(ITEMS)
    assert [text for texts in paper.said().values() for text in texts if not text.strip()] == []


def test_record_tells_who_works_for_the_firm_and_who_lies_outside_the_eu() -> None:
    receivers = (Receiver("mail-service", processor=True, country="US", safeguard="A45-3"), Receiver("bank"))
    facts = replace(NEWSLETTER.facts, recipients=receivers)
    said = record_of_processing(
        ANNA, [replace(NEWSLETTER, facts=facts)], measures=MEASURES, language="sv", made_on=DAY
    ).said()
    assert said["30(1)(d)"] == ("E-post och kalender (personuppgiftsbiträde)", "Bank")
    [transfer] = said["30(1)(e)"]
    assert transfer.startswith("E-post och kalender: USA. EU-kommissionen har beslutat")


def test_record_without_a_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="30"):
        record_of_processing(ANNA, [NEWSLETTER], measures=[], language="sv", made_on=DAY)


def test_firms_own_measure_stands_as_it_was_written() -> None:
    measures = ["encryption", "Vi låser dörren."]
    paper = record_of_processing(ANNA, [NEWSLETTER], measures=measures, language="sv", made_on=DAY)
    assert paper.said()["30(1)(g)"][1] == "Vi låser dörren."


def test_table_has_a_row_for_each_purpose_and_a_cell_for_each_heading() -> None:
    rows = _csv(*purposes_of("clinic"))
    assert [row[0] for row in rows[1:]] == [purpose.words.name for purpose in purposes_of("clinic")]
    assert {len(row) for row in rows} == {1 + len(HEADINGS) + 1 + 5}


def test_each_row_of_the_table_is_whole() -> None:
    headings, row = _csv(NEWSLETTER)
    cells = dict(zip(headings, row, strict=True))
    assert cells["Personuppgiftsansvarig"] == "Annas Coaching\n556000-0000"
    assert cells["Skydd"].count("\n") == len(MEASURES) - 1
    assert [heading for heading, cell in cells.items() if not cell] == ["Känsliga uppgifter"]


@pytest.mark.parametrize("formula", _FORMULAS)
def test_cell_that_begins_like_a_formula_is_guarded(formula: str) -> None:
    controller = replace(ANNA, officer=formula)
    words = replace(NEWSLETTER.words, name=formula)
    row = _csv(replace(NEWSLETTER, words=words), controller=controller)[1]
    assert (row[0], row[-1]) == (f"'{formula.strip()}",) * 2


@given(papers_of_law.controllers, papers_of_law.sets_of_purposes, papers_of_law.languages)
def test_no_cell_of_any_table_begins_a_formula(
    controller: Controller, purposes: list[Purpose], language: Language
) -> None:
    made = record_as_csv(controller, purposes, measures=["=1"], language=language)
    rows = _rows(made)
    assert len(rows) == 1 + len(purposes)
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_delimiter_is_the_one_asked_for() -> None:
    assert _csv(NEWSLETTER, delimiter="\t")[1][0] == "Nyhetsbrev"
