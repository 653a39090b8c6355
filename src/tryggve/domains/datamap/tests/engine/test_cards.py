import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from tryggve.domains.datamap.engine import arithmetic
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import cards
from tryggve.domains.datamap.tests.engine.looking import called, called_other, look, random_digits

CARD = Kind.CARD
NONE, LOW, MEDIUM, HIGH = Confidence
# What the networks give for trials.
VISA, AMEX = "4111111111111111", "378282246310005"


def number_of(prefix: str, size: int, fill: str = "0123456789012345678") -> str:
    digits = prefix + fill[: size - len(prefix) - 1]
    return digits + luhn.calc_check_digit(digits)


def in_groups(number: str, *sizes: int, separator: str = " ") -> str:
    ends = np.cumsum(sizes).tolist()
    return separator.join(number[end - size : end] for size, end in zip(sizes, ends, strict=True))


@given(st.text("0123456789", min_size=14, max_size=14), st.sampled_from([" ", "-"]))
def test_sixteen_digits_of_a_network_are_found_in_every_writing(fill: str, separator: str) -> None:
    number = number_of("4", 16, fill)
    written = in_groups(number, 4, 4, 4, 4, separator=separator)
    assert look(cards.find, f"Kort {number}.") == [(CARD, number, MEDIUM)]
    assert look(cards.find, f"Kort {written}.") == [(CARD, written, HIGH)]


@pytest.mark.parametrize(
    ("prefix", "size", "sure"),
    [
        ("4", 16, MEDIUM),
        ("4", 13, NONE),
        ("4", 19, NONE),
        ("51", 16, MEDIUM),
        ("55", 16, MEDIUM),
        ("2221", 16, MEDIUM),
        ("2720", 16, MEDIUM),
        ("34", 15, MEDIUM),
        ("37", 15, MEDIUM),
        ("36", 14, LOW),
        ("3528", 16, MEDIUM),
        ("5019", 16, MEDIUM),
        ("5018", 16, MEDIUM),
        ("5018", 12, NONE),
        ("6011", 16, MEDIUM),
        ("62", 16, MEDIUM),
        ("65", 16, MEDIUM),
    ],
)
def test_networks_are_known_by_prefix_and_length(prefix: str, size: int, sure: Confidence) -> None:
    number = number_of(prefix, size)
    assert [found[2] for found in look(cards.find, number)] == ([sure] if sure else [])
    assert look(cards.find, number, called(CARD)) == [(CARD, number, HIGH)]


@pytest.mark.parametrize(
    ("prefix", "size"),
    [
        ("2220", 16),
        ("2721", 16),
        ("50", 16),
        ("56", 16),
        ("34", 16),
        ("37", 14),
        ("4", 15),
        ("4", 14),
        ("1", 16),
        ("9", 16),
        ("0", 16),
        ("62", 15),
        ("5019", 12),
        ("3527", 16),
        ("66", 16),
    ],
)
def test_what_no_network_has_is_no_card(prefix: str, size: int) -> None:
    assert look(cards.find, number_of(prefix, size), called(CARD)) == []


@pytest.mark.parametrize(
    ("prefix", "sizes"), [("37", (4, 6, 5)), ("36", (4, 6, 4)), ("4", (4, 4, 4, 4)), ("62", (4, 4, 4, 4, 3))]
)
def test_numbers_in_groups_are_sure(prefix: str, sizes: tuple[int, ...]) -> None:
    for separator in (" ", "-"):
        written = in_groups(number_of(prefix, sum(sizes)), *sizes, separator=separator)
        assert (CARD, written, HIGH) in look(cards.find, written)


@pytest.mark.parametrize(
    "written",
    [
        "4111 1111 1111 1112",
        "4111-1111 1111-1111",
        "4111 1111 1111 1111 1234",
        "1234 4111 1111 1111 1111",
        "41111 111 1111 1111",
        "x4111111111111111",
        "4111111111111111x",
        "41111111111111111",
        "4111111111111111-1",
        "4111  1111 1111 1111",
        "4111\n1111\n1111\n1111",
    ],
)
def test_what_is_no_card_or_part_of_something_longer_is_none(written: str) -> None:
    assert look(cards.find, written) == []


@pytest.mark.parametrize("after", [" 12/28", " 123", ", 12/28"])
def test_what_cards_have_beside_their_number_may_follow(after: str) -> None:
    assert look(cards.find, f"4111 1111 1111 1111{after}") == [(CARD, "4111 1111 1111 1111", HIGH)]


def test_what_is_called_something_else_is_less_sure() -> None:
    assert look(cards.find, VISA, called_other(CARD)) == [(CARD, VISA, LOW)]
    assert look(cards.find, in_groups(AMEX, 4, 6, 5), called_other(CARD))[0][2] == MEDIUM


def test_few_random_numbers_are_a_cards() -> None:
    digits = random_digits(200_000, 16)
    is_one = cards.is_of_a_network(digits) & arithmetic.luhn(digits)
    assert 0.01 < is_one.mean() < 0.03


@pytest.mark.parametrize("written", ["{} {}\n{} {}", "{} {}\t{} {}", "{}\n{} {} {}", "{}-\t{}-{}-{}"])
def test_a_line_or_a_cell_may_end_inside_where_the_text_says_what_it_is(written: str) -> None:
    number = number_of("4072", 16)
    card = written.format(*(number[place : place + 4] for place in range(0, 16, 4)))
    assert look(cards.find, card, called(CARD)) == [(CARD, card, HIGH)]
    assert look(cards.find, card) == []
