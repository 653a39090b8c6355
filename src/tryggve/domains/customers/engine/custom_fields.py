"""The firm's own questions about its customers, and what may be answered to each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from tryggve.domains.customers.engine.values.cleaning import BadCell, clean_text

Kind = Literal["TEXT", "NUMBER", "DATE", "YES_NO", "CHOICE"]
Custom = tuple[tuple[str, str], ...]

LONGEST_ANSWER = 1000
_LONGEST_NUMBER = 40
_YES = frozenset({"yes", "ja", "kyllä", "joo", "true", "1", "x"})
_NO = frozenset({"no", "nej", "nei", "ei", "false", "0"})
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")


class BadAnswer(ValueError):
    """The text is no answer to a question of that kind."""


class Marks(NamedTuple):
    """How numbers are written where the firm is."""

    decimal: str = ","
    thousands: str = "\u00a0"


NORDIC = Marks()


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the firm's own; sensitive answers lie with identity numbers, the others in the details."""

    id: str
    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    is_sensitive: bool = False
    is_archived: bool = False


def parsed_answer(field: Field, text: str, *, marks: Marks = NORDIC) -> str:
    """The answer as it is kept, empty for no answer.

    A number with a point and nothing between the thousands, a date as ISO 8601 writes it, ``yes`` or ``no``, a choice
    as the field has it. Raises BadAnswer, whose message doesn't hold the answer.
    """
    try:
        text = clean_text(text)
    except BadCell as cause:
        raise BadAnswer(cause.reason) from None
    if not text:
        return ""
    if len(text) > LONGEST_ANSWER:
        raise BadAnswer("too_long")
    match field.kind:
        case "NUMBER":
            return _number(text, marks)
        case "DATE":
            return _date(text)
        case "YES_NO":
            return _yes_or_no(text)
        case "CHOICE":
            return _choice(text, field.choices)
    return text


def with_answers(known: Custom, answers: Mapping[str, str]) -> Custom:
    """What was answered before with these answers in place; an empty one takes the old away."""
    return tuple((field, answer) for field, answer in {**dict(known), **answers}.items() if answer)


def answered(fields: Iterable[Field], custom: Custom) -> list[tuple[Field, str]]:
    """The fields that this customer has an answer to, in the order of the fields."""
    answers = dict(custom)
    return [(field, answers[field.id]) for field in fields if field.id in answers]


def _number(text: str, marks: Marks) -> str:
    text = text.replace("\u2212", "-")
    other = "." if marks.decimal == "," else ","
    found = _read(text, rf"[\s'{re.escape(marks.thousands)}]", marks.decimal) or _read(text, r"[\s']", other)
    if found is None or len(found) > _LONGEST_NUMBER:
        raise BadAnswer("bad_number")
    return format(Decimal(found), "f")


def _read(text: str, between: str, decimal: str) -> str | None:
    pattern = rf"([+-]?(?:[0-9]{{1,3}}(?:{between}[0-9]{{3}})+|[0-9]+))(?:{re.escape(decimal)}([0-9]+))?"
    found = re.fullmatch(pattern, text)
    if found is None:
        return None
    whole, part = re.sub(r"[^0-9+-]", "", found[1]), found[2]
    return f"{whole}.{part}" if part else whole


def _date(text: str) -> str:
    iso, day_first = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if iso:
        year, month, day = iso.groups()
    elif day_first:
        day, month, year = day_first.groups()
    else:
        raise BadAnswer("bad_date")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise BadAnswer("bad_date") from None


def _yes_or_no(text: str) -> str:
    said = text.casefold()
    if said in _YES:
        return "yes"
    if said in _NO:
        return "no"
    raise BadAnswer("not_yes_or_no")


def _choice(text: str, choices: tuple[str, ...]) -> str:
    found = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
    if found is None:
        raise BadAnswer("not_a_choice")
    return found
