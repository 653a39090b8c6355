from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.se import orgnr, personnummer, vat

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import swedish, swedish_rules, swedish_vat
from tryggve.domains.datamap.tests.engine.looking import (
    TODAY,
    called,
    called_other,
    digits_of,
    look,
    random_digits,
)

PNR, SAM, ORG = Kind.SE_PERSONNUMMER, Kind.SE_SAMORDNINGSNUMMER, Kind.SE_ORGNR
NONE, LOW, MEDIUM, HIGH = Confidence
# Those that Skatteverket itself prints as examples, or that no person has.
PERSON, COORDINATION, FIRM = "811228-9874", "701063-2391", "556036-0793"
BIRTHS = st.dates(date(1930, 1, 1), date(2019, 12, 31))
SERIALS = st.integers(0, 999)


def number_of(born: date, serial: int, added: int = 0) -> str:
    """Twelve digits."""
    ten = f"{born:%y%m}{born.day + added:02}{serial:03}"
    return f"{born:%Y}"[:2] + ten + luhn.calc_check_digit(ten)


@given(BIRTHS, SERIALS)
def test_a_persons_number_is_found_in_every_writing(born: date, serial: int) -> None:
    twelve = number_of(born, serial)
    for written in (f"{twelve[2:8]}-{twelve[8:]}", f"{twelve[:8]}-{twelve[8:]}", twelve, twelve[2:]):
        assert personnummer.is_valid(written)
        assert (PNR, written) in [found[:2] for found in look(swedish.find, f"Anna ({written}), ny")]


@given(BIRTHS, SERIALS)
def test_a_coordination_number_is_found(born: date, serial: int) -> None:
    twelve = number_of(born, serial, 60)
    assert look(swedish.find, f"{twelve[:8]}-{twelve[8:]}")[0][:2] == (SAM, f"{twelve[:8]}-{twelve[8:]}")


@given(BIRTHS, SERIALS, st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_is_no_number(born: date, serial: int, place: int, more: int) -> None:
    twelve = number_of(born, serial)
    wrong = twelve[:place] + str((int(twelve[place]) + more) % 10) + twelve[place + 1 :]
    assert look(swedish.find, wrong) == []


@given(st.text("0123456789", min_size=10, max_size=10))
def test_rules_agree_with_the_oracles(ten: str) -> None:
    is_person = swedish_rules.persons(
        digits_of(ten), np.array([19], np.uint32), np.array([False]), on=TODAY
    ).is_personal.tolist()
    assert is_person == [personnummer.is_valid(f"19{ten[:6]}-{ten[6:]}")]
    is_firm = swedish_rules.is_organisation(digits_of(ten)).tolist()
    assert is_firm == [orgnr.is_valid(ten) and ten[2] >= "2"]


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("19811228-9874", HIGH),
        ("198112289874", HIGH),
        ("1981-12-28-9874", HIGH),
        ("19811228 9874", MEDIUM),
        ("811228-9874", MEDIUM),
        ("811228+9874", NONE),  # who would be 144 years old
        ("811228 9874", LOW),
        ("811228 - 9874", LOW),
        ("8112289874", LOW),
        ("8112289874.0", LOW),
        ("19811228\n9874", LOW),
        ("19811228\t9874", LOW),
        ("811228\n9874", NONE),
        ("811228\t9874", NONE),
        ("811228-\r\n9874", LOW),
        ("811228-\t9874", LOW),
        ("811228\n\n9874", NONE),
        ("008112289874", NONE),
        ("178112289874", NONE),
        ("218112289874", NONE),
    ],
)
def test_confidence_is_that_of_the_writing(written: str, sure: Confidence) -> None:
    assert [found[2] for found in look(swedish.find, written)] == ([sure] if sure else [])


@pytest.mark.parametrize(
    "written",
    [
        "8112289874",
        "811228 9874",
        "811228\n9874",
        "811228\t9874",
        "811228-\r\n9874",
        "811228-\t9874",
        "19811228\r\n9874",
    ],
)
def test_what_the_text_calls_so_is_sure(written: str) -> None:
    assert look(swedish.find, written, called(PNR)) == [(PNR, written, HIGH)]


@pytest.mark.parametrize(
    ("written", "sure"),
    [("198112289874", MEDIUM), ("811228-9874", LOW), ("8112289874", NONE), ("811228\n9874", NONE)],
)
def test_what_the_text_calls_something_else_is_less_sure(written: str, sure: Confidence) -> None:
    assert [found[2] for found in look(swedish.find, written, called_other(PNR))] == ([sure] if sure else [])


@pytest.mark.parametrize(
    "written",
    [
        f"x{PERSON}",
        f"{PERSON}x",
        f"_{PERSON}",
        f"{PERSON}å",
        f"1{PERSON}",
        f"{PERSON}1",
        f"1-{PERSON}",
        f"{PERSON}-1",
        f"{PERSON}.12",
        f"1/{PERSON}",
        "+8112289874",
        "811228--9874",
        "8112-289874",
    ],
)
def test_part_of_something_longer_is_no_number(written: str) -> None:
    assert look(swedish.find, written) == []


@pytest.mark.parametrize(
    "around", ["{}", "({})", "”{}”", "«{}»", "{}.", "{}, 12", "pnr:{};", "\t{}\t", "{}-anna", "• {}"]
)
def test_a_number_between_other_signs_is_found(around: str) -> None:
    assert look(swedish.find, around.format(PERSON))[0][:2] == (PNR, PERSON)


@pytest.mark.parametrize(
    ("born", "is_one"),
    [(TODAY, True), (TODAY + timedelta(1), False), (date(1901, 1, 1), True), (date(1900, 12, 31), False)],
)
def test_nobody_is_born_tomorrow_or_is_older_than_anybody(born: date, is_one: bool) -> None:
    assert bool(look(swedish.find, number_of(born, 123))) is is_one


def test_a_plus_tells_that_somebody_is_over_a_hundred() -> None:
    ten = number_of(date(1920, 2, 29), 123)[2:]
    assert look(swedish.find, f"{ten[:6]}+{ten[6:]}") == [(PNR, f"{ten[:6]}+{ten[6:]}", MEDIUM)]


def test_without_a_century_it_is_the_last_in_which_the_day_has_come() -> None:
    for born in (date(2026, 11, 23), date(1926, 11, 24)):
        ten = number_of(born, 123)[2:]
        assert look(swedish.find, f"{ten[:6]}-{ten[6:]}")


def test_without_a_century_a_leap_day_is_one_of_the_years_that_may_be_meant() -> None:
    ten = number_of(date(2000, 2, 29), 123)[2:]
    assert look(swedish.find, f"{ten[:6]}-{ten[6:]}")
    assert look(swedish.find, f"{ten[:6]}+{ten[6:]}") == []  # 1900 had none


def test_what_may_be_a_time_in_a_log_is_less_sure() -> None:
    twelve = number_of(date(2023, 1, 1), 123)
    assert twelve[8:] < "2400"
    assert look(swedish.find, twelve)[0][2] == LOW
    assert look(swedish.find, f"{twelve[:8]}-{twelve[8:]}")[0][2] == MEDIUM
    assert look(swedish.find, twelve, called(PNR))[0][2] == HIGH
    assert look(swedish.find, number_of(date(1981, 1, 1), 123))[0][2] == HIGH


@pytest.mark.parametrize("born", [date(2005, 3, 4), date(2000, 12, 4), date(2000, 1, 2)])
def test_zeros_that_a_spreadsheet_took_are_put_back_where_the_column_says_so(born: date) -> None:
    short = number_of(born, 321)[2:].lstrip("0")
    assert look(swedish.find, short) == []
    assert look(swedish.find, short, called(PNR)) == [(PNR, short, HIGH)]
    assert look(swedish.find, f"0{short}"[:9], called(PNR)) == []


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("556036-0793", MEDIUM),
        ("5560360793", LOW),
        ("556036 0793", LOW),
        ("165560360793", MEDIUM),
        ("16556036-0793", HIGH),
        ("166112289876", NONE),  # a month: somebody's number
        ("556036-0794", NONE),
        ("195560360793", NONE),
        ("005560360793", NONE),
        ("455555-5557", NONE),
        ("455555-5558", LOW),  # no organisation's begins with 4
        ("556036+0793", NONE),
        ("556036\n0793", NONE),
    ],
)
def test_confidence_in_a_firms_number_is_that_of_the_writing(written: str, sure: Confidence) -> None:
    assert [found[2] for found in look(swedish.find, written)] == ([sure] if sure else [])


def test_a_firms_number_of_no_common_series_needs_a_hyphen_or_a_word() -> None:
    ten = "34567890" + "1"
    ten += luhn.calc_check_digit(ten)
    assert look(swedish.find, ten) == []
    assert look(swedish.find, f"{ten[:6]}-{ten[6:]}") == [(ORG, f"{ten[:6]}-{ten[6:]}", MEDIUM)]
    assert look(swedish.find, f"16{ten}") == [(ORG, f"16{ten}", LOW)]
    assert look(swedish.find, ten, called(ORG)) == [(ORG, ten, HIGH)]


@pytest.mark.parametrize(
    "written",
    [
        "SE556036079301",
        "se556036079301",
        "SE 556036079301",
        "SE5560360793-01",
        "SE 556036-0793 01",
        "SE-556036-079301",
    ],
)
def test_a_number_for_tax_is_found_with_its_letters(written: str) -> None:
    assert vat.is_valid(written)
    assert look(swedish_vat.find, f"Moms {written}, tack") == [(ORG, written, HIGH)]


def test_a_sole_traders_number_for_tax_is_a_persons() -> None:
    assert look(swedish_vat.find, "SE811228987401") == [(PNR, "SE811228987401", HIGH)]
    assert look(swedish_vat.find, "SE701063239101") == [(SAM, "SE701063239101", HIGH)]


@pytest.mark.parametrize(
    "written",
    [
        "556036079301",
        "DK556036079301",
        "SE556036079302",
        "SE556036079401",
        "SE5560360793012",
        "XSE556036079301",
        "XSE 556036079301",
        "SE556036079301x",
        "SE 556036-0793 01-2",
    ],
)
def test_what_is_no_number_for_tax_is_none(written: str) -> None:
    assert look(swedish_vat.find, written) == []


def test_few_random_numbers_are_somebodys() -> None:
    digits = random_digits(200_000, 10)
    century, is_old = np.zeros(len(digits), np.uint32), np.zeros(len(digits), np.bool_)
    found = swedish_rules.persons(digits, century, is_old, on=TODAY)
    assert 0.003 < found.is_personal.mean() < 0.0045
    assert 0.003 < found.is_coordination.mean() < 0.0045
    assert 0.07 < swedish_rules.is_organisation(digits).mean() < 0.09
    is_bare_firm = swedish_rules.is_organisation(digits) & swedish_rules.is_of_a_series(digits)
    assert is_bare_firm.mean() < 0.002
