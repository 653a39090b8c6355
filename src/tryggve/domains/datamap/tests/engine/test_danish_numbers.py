from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.dk import cpr, cvr

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import danish
from tryggve.domains.datamap.tests.engine.looking import (
    TODAY,
    called,
    called_other,
    digits_of,
    look,
    random_digits,
)

CPR, CVR = Kind.DK_CPR, Kind.DK_CVR
NONE, LOW, MEDIUM, HIGH = Confidence
CONTROLLED, UNCONTROLLED, REPLACEMENT = "070761-4285", "010107-4325", "701063-2391"
FIRM = "13585628"


def test_the_numbers_of_this_file_are_what_they_are_called() -> None:
    assert cpr.checksum(CONTROLLED.replace("-", "")) == 0
    assert cpr.is_valid(UNCONTROLLED)
    assert cpr.checksum(UNCONTROLLED.replace("-", "")) != 0


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_person_agrees_with_the_oracle(ten: str) -> None:
    assume(ten[4:6] > "05" and not (ten[6] in "5678" and ten[4:6] > "57"))  # others may be too old
    assert danish.is_person(digits_of(ten), on=datetime.now(UTC).date()).tolist() == [
        cpr.is_valid(ten) or cpr.is_valid(f"{(int(ten[:2]) - 60) % 100:02}{ten[2:]}")
    ]


@given(st.dates(date(1937, 1, 1), date(2019, 12, 31)), st.integers(0, 999))
def test_every_number_is_found_where_it_is_called_so(born: date, serial: int) -> None:
    written = f"{born:%d%m%y}-{'4' if born.year >= 2000 else '0'}{serial:03}"
    assert [found[:2] for found in look(danish.find_persons, f"cpr: {written}.", called(CPR))] == [
        (CPR, written)
    ]


@pytest.mark.parametrize(
    ("written", "sure", "sure_if_said"),
    [
        ("070761-4285", MEDIUM, HIGH),
        ("070761 4285", LOW, HIGH),
        ("0707614285", LOW, HIGH),
        ("070761\n4285", NONE, HIGH),
        ("070761\t4285", NONE, HIGH),
        ("010107-4325", NONE, MEDIUM),
        ("0101074325", NONE, MEDIUM),
        ("010107\n4325", NONE, NONE),
        ("701063-2391", NONE, MEDIUM),
        ("311106-4285", NONE, NONE),
        ("071361-4285", NONE, NONE),
    ],
)
def test_confidence_is_that_of_the_writing(written: str, sure: Confidence, sure_if_said: Confidence) -> None:
    assert [found[2] for found in look(danish.find_persons, written)] == ([sure] if sure else [])
    said = look(danish.find_persons, written, called(CPR))
    assert [found[2] for found in said] == ([sure_if_said] if sure_if_said else [])


def test_a_replacement_number_with_a_right_control_digit_still_needs_a_word() -> None:
    ten = next(f"701063239{last}" for last in range(10) if cpr.checksum(f"701063239{last}") == 0)
    assert look(danish.find_persons, f"{ten[:6]}-{ten[6:]}") == []
    assert look(danish.find_persons, ten, called(CPR)) == [(CPR, ten, HIGH)]


def test_what_is_called_something_else_is_less_sure() -> None:
    assert look(danish.find_persons, CONTROLLED, called_other(CPR)) == [(CPR, CONTROLLED, LOW)]
    assert look(danish.find_persons, CONTROLLED.replace("-", ""), called_other(CPR)) == []


def test_a_zero_that_a_spreadsheet_took_is_put_back_where_the_column_says_so() -> None:
    assert look(danish.find_persons, "101074325") == []
    assert look(danish.find_persons, "101074325", called(CPR)) == [(CPR, "101074325", MEDIUM)]
    assert look(danish.find_persons, "010107432", called(CPR)) == []  # nothing was taken from this


def test_nobody_is_born_tomorrow_or_before_anybody_alive() -> None:
    tomorrow = TODAY + timedelta(1)
    assert look(danish.find_persons, f"{TODAY:%d%m%y}-4325", called(CPR))
    assert look(danish.find_persons, f"{tomorrow:%d%m%y}-4325", called(CPR)) == []
    assert look(danish.find_persons, "010158-4325", called(CPR))
    assert look(danish.find_persons, "010140-4325", called(CPR))  # 1940
    assert look(danish.find_persons, "010140-5325", called(CPR)) == []  # 2040
    assert look(danish.find_persons, "010158-5325", called(CPR)) == []  # 1858


@pytest.mark.parametrize(
    "written", [f"x{CONTROLLED}", f"{CONTROLLED}1", f"{CONTROLLED}-1", "070761+4285", "07-07614285"]
)
def test_part_of_something_longer_is_no_number(written: str) -> None:
    assert look(danish.find_persons, written, called(CPR)) == []


@given(st.text("0123456789", min_size=8, max_size=8))
def test_a_firm_agrees_with_the_oracle(eight: str) -> None:
    assert danish.is_firm(digits_of(eight)).tolist() == [cvr.is_valid(eight)]


def test_a_firms_number_counts_where_it_is_called_so() -> None:
    assert look(danish.find_firms, FIRM) == []
    assert look(danish.find_firms, "13 58 56 28") == []
    assert look(danish.find_firms, FIRM, called(CVR)) == [(CVR, FIRM, HIGH)]
    assert look(danish.find_firms, "13 58 56 28", called(CVR)) == [(CVR, "13 58 56 28", HIGH)]
    for written in ("13585627", f"x{FIRM}", f"{FIRM}x", f"1-{FIRM}"):
        assert look(danish.find_firms, written, called(CVR)) == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("DK13585628", [(CVR, "DK13585628", MEDIUM)]),
        ("dk 13585628", [(CVR, "dk 13585628", MEDIUM)]),
        ("DK-13 58 56 28", [(CVR, "DK-13 58 56 28", MEDIUM)]),
        ("CVR13585628", [(CVR, "13585628", HIGH)]),
        ("SE13585628", []),
        ("ADK13585628", []),
        ("DK135856281", []),
        ("DK13585628x", []),
        ("DK13585627", []),
    ],
)
def test_letters_before_a_firms_number_tell_it(
    written: str, found: list[tuple[Kind, str, Confidence]]
) -> None:
    assert look(danish.find_firms, f"Fra {written}, tak") == found


def test_few_random_numbers_are_somebodys() -> None:
    digits = random_digits(200_000, 10)
    assert 0.04 < danish.is_person(digits, on=TODAY).mean() < 0.07  # a third of it replacement numbers
    assert 0.07 < danish.is_firm(random_digits(200_000, 8)).mean() < 0.09
