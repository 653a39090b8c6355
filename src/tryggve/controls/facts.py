"""What a measuring says: a verdict, and facts that are counts, days, yes or no, and codes with words of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django_stubs_ext import StrOrPromise

from tryggve.controls.engine.verdict import Verdict

Value = int | bool | str | date
Told = int | bool | str

# RFC 8259 §6: beyond this, other readers of JSON may round.
_GREATEST_INT = 2**53 - 1
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 40


class BadFacts(ValueError):
    """What was said isn't what the control declared that it says."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer of a function that measures; facts by the names under which they were declared."""

    verdict: Verdict
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact: what a page calls it, and what it may be; ``codes`` are the words of each code."""

    title: StrOrPromise
    kind: type[int] | type[bool] | type[str] | type[date]
    codes: Mapping[str, StrOrPromise] = field(default_factory=dict)


def count(title: StrOrPromise) -> Fact:
    """A fact that is a whole number."""
    return Fact(title, int)


def yes_or_no(title: StrOrPromise) -> Fact:
    """A fact that is true or not."""
    return Fact(title, bool)


def day(title: StrOrPromise) -> Fact:
    """A fact that is a date."""
    return Fact(title, date)


def one_of(title: StrOrPromise, codes: Mapping[str, StrOrPromise]) -> Fact:
    """A fact that is one of these codes, each with the words that people read."""
    return Fact(title, str, MappingProxyType(dict(codes)))


def is_name(text: str) -> bool:
    """Whether a fact may be called so."""
    return _NAME.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether a code may be written so: small letters, digits, and hyphens between them."""
    return len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) is not None


def told(facts: Mapping[str, Value], declared: Mapping[str, Fact]) -> dict[str, Told]:
    """The facts as JSON has them, in the order of their declaration; days as ISO 8601. Raises BadFacts."""
    if undeclared := facts.keys() - declared.keys():
        raise BadFacts(sorted(undeclared)[0])
    return {name: _told(name, facts[name], declared[name]) for name in declared if name in facts}


def received(said: object, declared: Mapping[str, Fact]) -> dict[str, Value]:
    """The same the other way, from whoever said it. Raises BadFacts."""
    if not isinstance(said, dict) or (said.keys() - declared.keys()):
        raise BadFacts
    return {name: _received(name, said[name], declared[name]) for name in declared if name in said}


def _told(name: str, value: Value, fact: Fact) -> Told:
    if type(value) is not fact.kind or not _is_within(value, fact):
        # The value stays out of the message: it may be what evidence must not hold.
        raise BadFacts(name)
    return value.isoformat() if isinstance(value, date) else value


def _received(name: str, said: object, fact: Fact) -> Value:
    value: object = said
    if fact.kind is date and type(said) is str:
        try:
            value = date.fromisoformat(said)
        except ValueError:
            raise BadFacts(name) from None
    if isinstance(value, int | str | date) and type(value) is fact.kind and _is_within(value, fact):
        return value
    raise BadFacts(name)


def _is_within(value: Value, fact: Fact) -> bool:
    if fact.kind is int:
        return isinstance(value, int) and abs(value) <= _GREATEST_INT
    return fact.kind is not str or value in fact.codes
