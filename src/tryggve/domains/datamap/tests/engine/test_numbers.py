"""All finders of numbers together: what they have in common."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import FINDERS, find
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.tests.engine.looking import Called, look

EVERYTHING = Called(dict.fromkeys(Kind, Says.THIS))
VALUES = (
    "811228-9874", "701063-2391", "556036-0793", "SE556036079301", "070761-4285", "13585628", "15108695088",
    "988077917MVA", "131052-308T", "SE4550000000058398257466", "160-9908", "28 65 43-4", "4111 1111 1111 1111",
    "12345674",
)  # fmt: skip
PIECES = st.sampled_from(
    [*VALUES, " ", "-", "+", "\n", "\t", ".", "/", ";", "x", "å", "”", "1", "00", "1234", "SE", "NO"]
)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=150)
def test_whatever_is_found_is_a_piece_of_the_text_with_a_digit_at_its_ends_or_letters(text: str) -> None:
    for kind, value, sure in look(find, text, EVERYTHING):
        assert value in text
        assert (value[0] + value[-1]).isalnum(), kind
        assert sure > Confidence.NONE


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_no_bytes_are_any_trouble(content: bytes) -> None:
    found = find(Text(content, EVERYTHING))
    assert all(0 <= start < end <= len(content) for start, end in zip(found.start, found.end, strict=True))


@pytest.mark.parametrize("finder", [*FINDERS, find])
@pytest.mark.parametrize("content", [b"", b"no digits", b"1", b"12 34", b"x1", b"\xff1"])
def test_almost_no_text_is_no_trouble(finder: Callable[[Text], Spans], content: bytes) -> None:
    found = finder(Text(content, EVERYTHING))
    assert all(end - start < 5 for start, end in zip(found.start, found.end, strict=True))


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_found_alike_wherever_in_a_text_it_stands(value: str) -> None:
    alone = look(find, value, EVERYTHING)
    assert alone
    text = f"{value}\n\n{'ord ' * 50}{value};\n\n{value}"
    assert sorted(look(find, text, EVERYTHING)) == sorted(alone * 3)


def test_each_kind_of_number_is_found() -> None:
    found = {kind for value in VALUES for kind, _value, _sure in look(find, value, EVERYTHING)}
    assert found == {
        Kind.SE_PERSONNUMMER, Kind.SE_SAMORDNINGSNUMMER, Kind.SE_ORGNR, Kind.DK_CPR, Kind.DK_CVR, Kind.NO_FNR,
        Kind.NO_ORGNR, Kind.FI_HETU, Kind.IBAN, Kind.SE_BANKGIRO, Kind.SE_PLUSGIRO, Kind.CARD, Kind.OCR_REFERENCE,
    }  # fmt: skip
