from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import giros
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.tests.engine.looking import called, called_other, look

BANKGIRO, PLUSGIRO, OCR = Kind.SE_BANKGIRO, Kind.SE_PLUSGIRO, Kind.OCR_REFERENCE
FINDERS = {BANKGIRO: giros.find_bankgiros, PLUSGIRO: giros.find_plusgiros, OCR: giros.find_references}


def with_control(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


@given(st.integers(100_000, 9_999_999))
def test_a_bankgiro_is_found_in_every_writing_where_it_is_called_so(digits: int) -> None:
    number = with_control(str(digits))
    for written in (number, f"{number[:-4]}-{number[-4:]}", f"{number[:-4]} {number[-4:]}"):
        assert look(giros.find_bankgiros, f"Bg {written}.", called(BANKGIRO)) == [
            (BANKGIRO, written, Confidence.HIGH)
        ]


def in_pairs(number: str) -> str:
    pairs: list[str] = []
    rest, last = number[:-1], number[-1]
    while len(rest) > 3:
        pairs.insert(0, rest[-2:])
        rest = rest[:-2]
    return " ".join([rest, *pairs]) + f"-{last}"


@given(st.integers(1_000, 9_999_999))
def test_a_plusgiro_is_found_in_every_writing_where_it_is_called_so(digits: int) -> None:
    number = with_control(str(digits))
    for written in (number, f"{number[:-1]}-{number[-1]}", in_pairs(number)):
        assert (PLUSGIRO, written, Confidence.HIGH) in look(
            giros.find_plusgiros, f"Pg {written}.", called(PLUSGIRO)
        )


def test_a_plusgiro_of_few_digits_is_less_sure() -> None:
    assert look(giros.find_plusgiros, "Pg 26-5", called(PLUSGIRO)) == [(PLUSGIRO, "26-5", Confidence.LOW)]


@given(st.text("0123456789", min_size=4, max_size=24), st.integers(2, 6))
def test_a_reference_is_found_in_one_and_in_groups_where_it_is_called_so(digits: str, size: int) -> None:
    number = with_control(digits)
    groups = " ".join(number[place : place + size] for place in range(0, len(number), size))
    for written in (number, groups):
        assert (OCR, written, Confidence.HIGH) in look(giros.find_references, f"OCR: {written}", called(OCR))


@pytest.mark.parametrize(
    "written", ["1", "0" * 26, "0000 " * 6 + "00", "x12345674", "12345674x", "12345674-1", "12345675"]
)
def test_what_is_no_reference_is_none(written: str) -> None:
    assert written not in [found[1] for found in look(giros.find_references, written, called(OCR))]


@pytest.mark.parametrize("kind", FINDERS)
@pytest.mark.parametrize("written", ["160-9908", "1609908", "28 65 43-4", "12345674"])
def test_nothing_counts_that_is_not_called_so(kind: Kind, written: str) -> None:
    assert look(FINDERS[kind], written) == []
    assert look(FINDERS[kind], written, called_other(kind)) == []


@pytest.mark.parametrize(
    "written",
    [
        "160-9909",
        "1609909",
        "16-09908",
        "160-990-8",
        "x160-9908",
        "1160-99081",
        "160-9908-1",
        "160/9908",
        "160\n9908",
    ],
)
def test_what_is_no_bankgiro_is_none(written: str) -> None:
    assert look(giros.find_bankgiros, written, called(BANKGIRO)) == []


@pytest.mark.parametrize(
    "written", ["28 65 43-5", "28 654 3-4", "1234 65 43-4", "x28 65 43-4", "28 65 43-4-1", "123456782-4"]
)
def test_what_is_no_plusgiro_is_none(written: str) -> None:
    found = [found[1] for found in look(giros.find_plusgiros, written, called(PLUSGIRO))]
    assert [one for one in found if len(one) > 4] == []


def test_pairs_begin_with_three_digits_at_most_and_are_eight_in_all() -> None:
    for digits, written in (("123465", "{:.4} {}-{}"), ("12345678", "{:.4}{}{}")):
        number = with_control(digits)
        assert (
            look(giros.find_plusgiros, written.format(number, number[4:-1], number[-1]), called(PLUSGIRO))
            == []
        )


def test_the_longest_of_a_plusgiros_pairs_is_part_of_it() -> None:
    number = in_pairs(with_control("4105468"))
    assert number.count(" ") == 2
    assert (PLUSGIRO, number, Confidence.HIGH) in look(giros.find_plusgiros, number, called(PLUSGIRO))


@pytest.mark.parametrize("finder", FINDERS.values())
@pytest.mark.parametrize("text", ["", "ord", "1", "1-1", "1 1", "12"])
def test_texts_with_almost_nothing_in_them_are_no_trouble(finder: Callable[[Text], Spans], text: str) -> None:
    assert [found for found in look(finder, text, called(*FINDERS)) if len(found[1]) > 4] == []
