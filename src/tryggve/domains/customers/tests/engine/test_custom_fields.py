"""Answers to the firm's own questions, as they are typed, brought and kept."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.custom_fields import (
    BadAnswer,
    Field,
    Kind,
    Marks,
    answered,
    parsed_answer,
    with_answers,
)

KINDS: list[Kind] = ["TEXT", "NUMBER", "DATE", "YES_NO", "CHOICE"]
DANISH, ENGLISH = Marks(",", "."), Marks(".", ",")


def _field(kind: Kind) -> Field:
    return Field("f", "Field", kind, choices=("Gold", "Silver"))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("TEXT", "  shoe\u0301  ", "shoé"),
        ("NUMBER", "1 234,50", "1234.50"),
        ("NUMBER", "1\u00a0234", "1234"),
        ("NUMBER", "\u22127", "-7"),
        ("NUMBER", "12.5", "12.5"),
        ("NUMBER", "007", "7"),
        ("DATE", "2026-3-2", "2026-03-02"),
        ("DATE", "2.3.2026", "2026-03-02"),
        ("DATE", "02/03/2026", "2026-03-02"),
        ("YES_NO", "Ja", "yes"),
        ("YES_NO", "nej", "no"),
        ("CHOICE", "gold", "Gold"),
    ],
)
def test_answer_is_kept_in_one_form(kind: Kind, typed: str, kept: str) -> None:
    assert parsed_answer(_field(kind), typed) == kept


@pytest.mark.parametrize(
    ("marks", "typed", "kept"),
    [(DANISH, "1.234", "1234"), (DANISH, "1.234,5", "1234.5"), (DANISH, "12.5", "12.5"),
     (ENGLISH, "1,234.5", "1234.5"), (ENGLISH, "1,234", "1234"), (ENGLISH, "12,5", "12.5")],
)  # fmt: skip
def test_number_is_read_as_the_country_writes_it(marks: Marks, typed: str, kept: str) -> None:
    assert parsed_answer(_field("NUMBER"), typed, marks=marks) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("TEXT", "a\x00b"),
        ("TEXT", "x" * 1001),
        ("NUMBER", "1e9"),
        ("NUMBER", "٣"),
        ("NUMBER", "1 23"),
        ("NUMBER", "9" * 41),
        ("NUMBER", "NaN"),
        ("DATE", "2026-02-30"),
        ("DATE", "0000-01-01"),
        ("DATE", "soon"),
        ("YES_NO", "perhaps"),
        ("CHOICE", "Bronze"),
    ],
)
def test_what_is_no_answer_is_refused_without_telling_it(kind: Kind, typed: str) -> None:
    with pytest.raises(BadAnswer) as wrong:
        parsed_answer(_field(kind), typed)
    assert typed not in str(wrong.value)


@given(st.sampled_from(KINDS), st.text())
def test_any_text_is_kept_or_refused_and_what_is_kept_is_kept_again(kind: Kind, typed: str) -> None:
    try:
        kept = parsed_answer(_field(kind), typed)
    except BadAnswer:
        return
    assert parsed_answer(_field(kind), kept) == kept


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_every_number_survives(number: Decimal) -> None:
    assert Decimal(parsed_answer(_field("NUMBER"), f"{number:f}".replace(".", ","))) == number


@given(st.dates())
def test_every_date_survives(day: date) -> None:
    assert parsed_answer(_field("DATE"), day.isoformat()) == day.isoformat()


def test_empty_answer_takes_the_old_away_and_others_stay() -> None:
    assert with_answers((("a", "1"), ("b", "2"), ("c", "3")), {"b": "", "d": "4"}) == (
        ("a", "1"),
        ("c", "3"),
        ("d", "4"),
    )


def test_answers_come_in_the_order_of_the_fields() -> None:
    one, other = Field("a", "A", "TEXT"), Field("b", "B", "TEXT")
    assert answered([other, one], (("a", "1"), ("gone", "x"), ("b", "2"))) == [(other, "2"), (one, "1")]
