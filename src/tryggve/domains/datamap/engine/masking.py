"""A finding shown so that its owner knows it again and nobody else learns it."""

from collections.abc import Callable, Mapping
from typing import Final

from tryggve.domains.datamap.engine.kinds import Kind

_HIDDEN: Final = "•"
_SHORT: Final = 4


def masked(kind: Kind, value: str) -> str:
    """Its shape with almost all of it hidden: ``a•••@e••••••.se``, ``••••••-••34``, ``A••• A••••••••``."""
    return _MASKS.get(kind, _all_but_the_last_two)(value)


def _all_but_the_last_two(value: str) -> str:
    shown = 2 if sum(map(str.isalnum, value)) > _SHORT else 0
    hidden = []
    for letter in reversed(value):
        is_shown = not letter.isalnum() or shown > 0
        shown -= letter.isalnum()
        hidden.append(letter if is_shown else _HIDDEN)
    return "".join(reversed(hidden))


def _address_of_mail(value: str) -> str:
    local, _at, domain = value.rpartition("@")
    name, dot, last = domain.rpartition(".")
    return f"{_first_of(local)}@{_first_of(name)}{dot}{last}"


def _first_of(word: str) -> str:
    shown = word[:1] if word[:1].isalpha() and len(word) > 1 else _HIDDEN
    return shown + _HIDDEN * (len(word) - 1)


def _first_letters(value: str) -> str:
    return " ".join(_first_of(word) for word in value.split())


def _nothing(value: str) -> str:
    return _HIDDEN * 8


def _as_it_is(value: str) -> str:
    return value


_MASKS: Final[Mapping[Kind, Callable[[str], str]]] = {
    Kind.EMAIL: _address_of_mail,
    Kind.PERSON: _first_letters,
    Kind.ADDRESS: _first_letters,
    Kind.SECRET: _nothing,
    # The word itself names nobody, and says what kind of thing is told of somebody.
    Kind.SPECIAL: _as_it_is,
}
