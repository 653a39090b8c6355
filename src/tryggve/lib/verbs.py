"""Verbs that one room gives to a command of another: ``customers erase`` is told by the room that keeps the law."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tryggve.lib.command import Command


class VerbGivenTwice(ValueError):
    """Two rooms give a command the same verb: a fault in the program, told at start."""


class Run(Protocol):
    """Does the work; the returned number is the exit status, 0 or 1. Refusals are raised."""

    def __call__(self, command: Command, options: dict[str, Any], *, at: datetime) -> int: ...


@dataclass(frozen=True)
class Verb:
    """What a command needs of a verb: its name and permission, its options, and what runs it."""

    name: str
    permission: str
    add: Callable[[Any], ArgumentParser]
    run: Run


_given: dict[str, dict[str, Verb]] = {}


def give(command: str, verb: Verb) -> None:
    """Let a command have one more verb; an app does so in its plug file ``verbs.py``. Raises VerbGivenTwice."""
    verbs = _given.setdefault(command, {})
    if verb.name in verbs:
        raise VerbGivenTwice(f"{command} {verb.name}")
    verbs[verb.name] = verb


def given(command: str) -> Sequence[Verb]:
    """The verbs that other rooms gave a command, in the order of their loading."""
    return tuple(_given.get(command, {}).values())


def permissions_of(command: str) -> Mapping[str, str]:
    """The permission of each of them."""
    return {verb.name: verb.permission for verb in given(command)}
