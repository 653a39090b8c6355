from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.contacts import date_of_birth
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.tests.engine.looking import TODAY, called, called_other, look

NONE, LOW, MEDIUM, HIGH = Confidence
SAID = called(Kind.DATE_OF_BIRTH)
DATES = (
    *(
        "1980-05-17",
        "1980/05/17",
        "1980.05.17",
        "17.5.1980",
        "17.05.1980",
        "17/5 1980",
        "17/5-1980",
        "17-05-1980",
        "17. 5. 1980",
    ),
    *(
        "19800517",
        "17051980",
        "17 maj 1980",
        "17. mai 1980",
        "17. maj 1980",
        "17. toukokuuta 1980",
        "17 May 1980",
        "May 17, 1980",
    ),
    *("5 dec. 1980", "05/17/1980", "29.2.2000"),
)
SHORT_DATES = ("800517", "170580", "17-05-80", "17.5.80", "17/5-80", "29.2.00")


def births(text: str) -> list[str]:
    return [value for _kind, value, _sure in look(date_of_birth.find, text)]


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Född ",
            "född: ",
            "FÖDD ",
            "Född den ",
            "Födelsedatum\t",
            "Födelsedag ..... ",
            "f. ",
            "(f ",
            "F. ",
            "fodd ",
        ),
        *(
            "Født ",
            "FØDT ",
            "Fødselsdag: ",
            "Fødselsdato;",
            "foedt ",
            "Syntymäaika ",
            "syntynyt ",
            "synt. ",
            "s. ",
        ),
        *(
            "Born ",
            "born on ",
            "Date of birth: ",
            "Birthday ",
            "birth_date: ",
            "DOB: ",
            "d.o.b. ",
            "b. ",
            "BDAY:",
            "*",
        ),
    ],
)
@pytest.mark.parametrize("written", ["1980-05-17", "17.5.1980", "17 maj 1980"])
def test_a_date_after_a_word_for_being_born_is_found(word: str, written: str) -> None:
    assert births(f"Anna\n{word}{written}) i Lund") == [written]


@pytest.mark.parametrize("written", DATES)
def test_dates_are_found_as_people_write_them(written: str) -> None:
    assert look(date_of_birth.find, f"Född {written}.") == [(Kind.DATE_OF_BIRTH, written, HIGH)]
    assert births(f"{written}, f. {written}") == [written]


@pytest.mark.parametrize("written", SHORT_DATES)
def test_one_is_less_sure_of_years_without_their_century(written: str) -> None:
    assert look(date_of_birth.find, f"Född {written},") == [(Kind.DATE_OF_BIRTH, written, MEDIUM)]


@pytest.mark.parametrize("written", DATES + SHORT_DATES)
def test_a_heading_is_as_good_and_nothing_said_is_nothing(written: str) -> None:
    assert look(date_of_birth.find, written, SAID) == [(Kind.DATE_OF_BIRTH, written, HIGH)]
    assert look(date_of_birth.find, written) == []
    assert look(date_of_birth.find, written, called_other(Kind.DATE_OF_BIRTH)) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1980-05-17",
            "Möte 1980-05-17",
            "Född\n1980-05-17",
            "Född i Lund",
            "Född 1980",
            "**1980-05-17**",
            "chef 1980-05-17",
        ),
        *(
            "Född 1980-02-30",
            "Född 17.13.1980",
            "Född 32 maj 1980",
            "Född 800532",
            "Född 1879-05-17",
            "Född 2027-05-17",
        ),
        *(
            "Född 19800517-1234",
            "Född 800517-1234",
            "Född 1980-05-17-2",
            "Född 10.17.5.1980",
            "Född 31.2.1980",
            "",
        ),
    ],
)
def test_other_dates_and_numbers_are_none(text: str) -> None:
    assert births(text) == []


@pytest.mark.parametrize("word", ["Bornholm", "Birthe Berg", "Fødevarer", "mødt", "syntes", "Osborne"])
def test_words_that_only_hold_such_a_word_say_nothing(word: str) -> None:
    assert births(f"{word} 17.5.1980") == []


def test_only_the_first_date_after_the_word_is_one() -> None:
    assert births("Född 1980-05-17, anställd 2010-01-01") == ["1980-05-17"]
    assert births("Rum 12, anställd 2010-01-01, född 1980-05-17") == ["1980-05-17"]


def test_a_word_far_before_is_not_meant() -> None:
    assert births(f"Född {'och ' * 20} 1980-05-17") == []


def test_a_time_may_follow() -> None:
    assert births("birthDate 1980-05-17T00:00:00Z") == ["1980-05-17"]


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m %Y", "%Y%m%d", "%d %b %Y"]),
)
def test_every_day_is_found(born: date, form: str) -> None:
    written = born.strftime(form)
    assert births(f"Anna, född {written}") == [written]


@given(st.text("0123456789-./ fömaj\n", max_size=50))
def test_no_text_is_too_odd(text: str) -> None:
    for value in births(f"född {text}"):
        assert any(map(str.isdigit, value))


@pytest.mark.parametrize("sign", ["“", "«", "• ", "→", "🙂"])
def test_signs_that_are_no_letters_may_stand_before(sign: str) -> None:
    assert births(f"{sign}f. 1980-05-17") == ["1980-05-17"]
