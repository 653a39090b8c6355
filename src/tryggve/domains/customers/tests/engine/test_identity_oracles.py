"""Our rules for identity numbers held against those of another program (python-stdnum)."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cpr
from stdnum.dk import cvr as stdnum_cvr
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus
from stdnum.no import fodselsnummer
from stdnum.no import orgnr as stdnum_no_orgnr
from stdnum.se import orgnr as stdnum_se_orgnr
from stdnum.se import personnummer

from tryggve.domains.customers.engine.identity_numbers import (
    Kind,
    NotANumber,
    parse_number,
)
from tryggve.domains.customers.tests.engine import numbers
from tryggve.domains.customers.tests.engine.numbers import TODAY


def _kind(text: str, country: str, on: date) -> Kind | None:
    try:
        return parse_number(text, country=country, on=on).kind
    except NotANumber:
        return None


def _stdnum_orgnr(text: str) -> bool:
    return stdnum_se_orgnr.is_valid(text) and text[2] >= "2"  # a person's is read as a personal number


# It reads a number that would be a D number and a help number at once, which nobody has.
_NORWEGIAN = st.from_regex(r"([0-3][0-9][0145]|[4-7][0-9][01])[0-9]{8}", fullmatch=True)
_MADE_UP = {kind: made for _country, kind, made in numbers.MADE_UP}
ORACLES: list[tuple[str, Kind, Callable[[str], bool], st.SearchStrategy[str]]] = [
    (
        "SE",
        "se_personal",
        personnummer.is_valid,
        st.from_regex(r"(19|20)[0-9]{2}[01][0-9][0-3][0-9]{5}", fullmatch=True),
    ),
    ("SE", "se_organisation", _stdnum_orgnr, st.from_regex(r"[0-9]{2}[2-9][0-9]{7}", fullmatch=True)),
    ("DK", "dk_personal", cpr.is_valid, st.from_regex(r"[0-5][0-9][01][0-9]{7}", fullmatch=True)),
    ("DK", "dk_organisation", stdnum_cvr.is_valid, st.from_regex(r"[0-9]{8}", fullmatch=True)),
    ("NO", "no_personal", fodselsnummer.is_valid, _NORWEGIAN),
    ("NO", "no_organisation", stdnum_no_orgnr.is_valid, st.from_regex(r"[0-9]{9}", fullmatch=True)),
    (
        "FI",
        "fi_personal",
        hetu.is_valid,
        st.from_regex(r"[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-Y]", fullmatch=True),
    ),
    ("FI", "fi_organisation", ytunnus.is_valid, st.from_regex(r"[1-9][0-9]{6}-[0-9]", fullmatch=True)),
]


@pytest.mark.parametrize(("country", "kind", "oracle", "texts"), ORACLES, ids=[one[1] for one in ORACLES])
def test_agrees_with_another_program_where_that_one_is_right(
    country: str, kind: Kind, oracle: Callable[[str], bool], texts: st.SearchStrategy[str]
) -> None:
    on = date(2100, 1, 1) if kind in _UNBORN_TOO else TODAY

    @given(texts | _MADE_UP[kind])
    def check(text: str) -> None:
        if kind == "fi_organisation" and "-" not in text:
            text = f"{text[:-1]}-{text[-1]}"
        assert (_kind(text, country, on) in {kind, *_READ_AS_PERSONAL.get(kind, ())}) == oracle(text)

    with time_machine.travel(TODAY, tick=False):
        check()


# Where the other program doesn't ask whether the day has come.
_UNBORN_TOO: set[Kind] = {"se_personal", "fi_personal"}


# What it calls by the same name.
_READ_AS_PERSONAL: dict[Kind, set[Kind]] = {"no_personal": {"no_d", "no_help"}}


def test_stdnum_still_refuses_what_ours_must_accept() -> None:
    """Once it knows these, our own rules for them can be held against it."""
    for validate, text in ((personnummer.validate, "701063-2391"), (cpr.validate, "811062-5629")):
        with pytest.raises(ValidationError):
            validate(text)
