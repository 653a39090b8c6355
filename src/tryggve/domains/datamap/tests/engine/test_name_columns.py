"""Columns of names are told by their heading and by what stands in their cells."""

from collections.abc import Sequence

import numpy as np
import pytest

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names.columns import Column, names_in
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

PEOPLE = ("Anna Svensson", "Bo Qwertz", "Xhelil Zdrava", "Karin Ek", "Lars Nilsson")
PLACES = ("Storgatan", "Hamnplan", "Ladugården", "Verkstaden", "Kontoret")


def _found(heading: str, cells: Sequence[str], where: Spans | None = None) -> dict[str, Confidence]:
    content = "\n".join(cells).encode()
    ends = np.cumsum([len(cell.encode()) + 1 for cell in cells], dtype=np.int64) - 1
    starts = ends - np.array([len(cell.encode()) for cell in cells], np.int64)
    found = names_in(Text(content), Column(heading, starts, ends), where)
    return {
        content[start:end].decode(): Confidence(sure)
        for start, end, sure in zip(
            found.start.tolist(), found.end.tolist(), found.confidence.tolist(), strict=True
        )
    }


@pytest.mark.parametrize(
    "heading", ["Förnamn", "efternavn", "Kontaktperson", "first_name", "lastName", "Elevens vårdnadshavare"]
)
def test_a_heading_of_persons_makes_all_its_cells_names(heading: str) -> None:
    assert _found(heading, ("Xhelil Zdrava", "Qorri")) == dict.fromkeys(
        ("Xhelil Zdrava", "Qorri"), Confidence.MEDIUM
    )


@pytest.mark.parametrize("heading", ["Namn", "navn", "Kund", "Name"])
def test_a_heading_that_may_be_of_firms_needs_known_names(heading: str) -> None:
    assert set(_found(heading, PEOPLE)) == set(PEOPLE)
    assert _found(heading, PLACES) == {}


@pytest.mark.parametrize(
    "heading", ["Företagsnamn", "Firmanavn", "filnamn", "user_name", "Produktnamn", "Gatunamn"]
)
def test_a_heading_of_other_names_makes_none(heading: str) -> None:
    assert _found(heading, PEOPLE) == {}


def test_without_a_heading_half_of_the_cells_must_be_known() -> None:
    assert _found("", PEOPLE)["Anna Svensson"] == Confidence.MEDIUM
    assert _found("", PEOPLE)["Xhelil Zdrava"] == Confidence.LOW
    assert _found("", (*PEOPLE, *PLACES)) == {}


def test_a_few_known_names_without_a_heading_make_no_column() -> None:
    assert _found("", PEOPLE[:4]) == {}


def test_numbers_addresses_firms_and_small_letters_are_no_names() -> None:
    others = ("Bo 3", "Anna@example.se", "Åkeri AB", "Anna A/S", "saknas", "A" * 61)
    more = ("Karin Alm", "Lars Alm", "Bo Alm")
    assert set(_found("Förnamn", (*others, *PEOPLE, *more))) == {*PEOPLE, *more}


def test_a_column_most_of_whose_cells_are_no_names_is_none() -> None:
    assert _found("Kontaktperson", ("Anna Svensson", "18", "20", "22")) == {}


def test_quotes_and_spaces_around_a_name_are_left_out() -> None:
    assert set(_found("Förnamn", ('"Anna"', ' "Åsa"', "Bo\r"))) == {"Anna", "Åsa", "Bo"}


def test_a_name_beside_another_sign_of_a_person_is_high() -> None:
    where = spans.spans(Kind.EMAIL, [20], [30], Confidence.HIGH)
    assert set(_found("Namn", PEOPLE, where).values()) == {Confidence.HIGH}


def test_a_table_without_rows_has_no_names() -> None:
    assert _found("Namn", ()) == {}
