import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from tryggve.audit.models import Entry

Reaction: TypeAlias = "Callable[[Entry], None]"

LONGEST_CODE = 64
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9]+(-[a-z0-9]+)*")
_FACT = re.compile(r"[a-z][a-z0-9_]*")
_WORDS_OF_RECORD = frozenset({"action", "actor", "at", "subject", "details"})
_TYPES_OF_FACTS: tuple[object, ...] = (int, bool, str, list[str])

_actions: dict[str, "Action"] = {}
_reactions: dict[str, list[Reaction]] = {}


class BadDeclaration(ValueError):
    """The words of the log are wrong or declared twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """One kind of deed, and the facts that may be told of it, each with its type."""

    code: str
    title: StrOrPromise
    facts: Mapping[str, type]

    @property
    def domain(self) -> str:
        return self.code.partition(".")[0]


def declare(code: str, title: StrOrPromise, /, **facts: type) -> Action:
    """Add an action ``domain.past-tense`` to the vocabulary; its code is never renamed.

    A fact is an ``int``, a ``bool``, a code or id (``str``) or several (``list[str]``): never text about people.
    Belongs in the domain's ``actions.py``, as a constant. Raises BadDeclaration.
    """
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise BadDeclaration(f"{code!r} is not written domain.past-tense")
    if code in _actions:
        raise BadDeclaration(f"{code} is declared twice")
    for fact, kind in facts.items():
        if not _FACT.fullmatch(fact) or fact in _WORDS_OF_RECORD:
            raise BadDeclaration(f"{code} can't have a fact called {fact!r}")
        if kind not in _TYPES_OF_FACTS:
            raise BadDeclaration(f"{code}: {fact} can't be of the type {kind}")
    _actions[code] = action = Action(code, title, MappingProxyType(facts))
    return action


def actions() -> Mapping[str, Action]:
    """Every declared action, by its code."""
    return MappingProxyType(_actions)


def on(code: str) -> Callable[[Reaction], Reaction]:
    """Call the function with the entry each time that action has been recorded, after the commit.

    A reaction that fails is logged and stops neither the deed nor other reactions; it isn't tried again.
    """

    def register(reaction: Reaction) -> Reaction:
        _reactions.setdefault(code, []).append(reaction)
        return reaction

    return register


def reactions_to(code: str) -> Sequence[Reaction]:
    """In the order in which they were registered."""
    return tuple(_reactions.get(code, ()))


def awaited_codes() -> frozenset[str]:
    """The codes that some reaction waits for."""
    return frozenset(_reactions)
