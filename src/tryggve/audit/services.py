import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from tryggve.audit import actors, canonical, codes, registry
from tryggve.audit import details as sealing
from tryggve.audit.append import append
from tryggve.audit.details import Details
from tryggve.audit.models import Entry
from tryggve.audit.registry import Action, Reaction

__all__ = ["Details", "look", "record"]

logger = logging.getLogger(__name__)

Fact = int | str | bool | list[str]

# RFC 8259 §6: beyond this, other readers of JSON may round. Leaves of the log must read the same everywhere.
_GREATEST_INT = 2**53 - 1
_LONGEST_LIST = 100
_LONGEST_FACTS = 32_000  # an entry bundle gives a leaf's length in two bytes


class UndeclaredAction(LookupError):
    """No domain declared this action."""


class UndeclaredFact(LookupError):
    """The action was declared without this fact."""


class NotAFact(TypeError):
    """Facts are whole numbers, yes or no, codes and ids, and lists of codes: never text about people."""


class NotAnActor(ValueError):
    """An actor is ``user:<uuid>``, ``token:<uuid>``, ``machine:<account>``, ``system`` or ``anonymous``."""


class NobodysDetails(ValueError):
    """Details are sealed under the subject's key, so there must be a subject."""


class Recorded(NamedTuple):
    """An entry just written, by its id."""

    pk: int


def record(
    action: Action,
    *,
    actor: str,
    at: datetime,
    subject: UUID | None = None,
    details: Details | None = None,
    **facts: Fact,
) -> Recorded:
    """Write one deed, in the caller's transaction: both are kept or neither. One INSERT.

    ``details`` holds what is said in words or names someone; it is sealed under the subject's key. Raises
    UndeclaredAction, UndeclaredFact, NotAFact, NotAnActor, NobodysDetails, BadDetails, and what sealing raises,
    before anything is written.
    """
    if registry.actions().get(action.code) is not action:
        raise UndeclaredAction(action.code)
    if not _is_actor(actor):
        raise NotAnActor(actor)
    text = _checked(action, facts) if facts else "{}"
    sealed = None if details is None else _sealed(details, subject)
    entry = append(action=action.code, actor=actor, at=at, subject=subject, facts=text, sealed=sealed)
    for reaction in registry.reactions_to(action.code):
        transaction.on_commit(partial(_react, reaction, action.code, entry), robust=True)
    return Recorded(entry)


def look(
    action: Action,
    *,
    actor: str,
    at: datetime,
    subject: UUID | None = None,
    details: Details | None = None,
    **facts: Fact,
) -> Recorded:
    """Write that personal data was read: one entry, however many rows were read. Raises as ``record``."""
    return record(action, actor=actor, at=at, subject=subject, details=details, **facts)


_is_actor = lru_cache(maxsize=1024)(actors.is_actor)
_is_code = lru_cache(maxsize=4096)(codes.is_code)


def _checked(action: Action, facts: Mapping[str, Fact]) -> str:
    """The facts as canonical JSON, by hand: what may be a fact needs no escapes."""
    told = []
    for name in sorted(facts):
        kind = action.facts.get(name)
        if kind is None:
            raise UndeclaredFact(f"{action.code}: {name}")
        is_fact, written = _RULES[kind]
        if not is_fact(facts[name]):
            # The value stays out of the message: it may be what the log must not hold.
            raise NotAFact(f"{action.code}: {name}")
        told.append(f'"{name}":{written(facts[name])}')
    text = "{" + ",".join(told) + "}"
    if len(text) > _LONGEST_FACTS:
        raise NotAFact(action.code)
    return text


def _is_count(value: object) -> bool:
    return type(value) is int and abs(value) <= _GREATEST_INT


def _is_yes_or_no(value: object) -> bool:
    return type(value) is bool


def _is_code_text(value: object) -> bool:
    return type(value) is str and _is_code(value)


def _is_list_of_codes(value: object) -> bool:
    return type(value) is list and len(value) <= _LONGEST_LIST and all(map(_is_code_text, value))


# ``list[str]`` is made anew each time it is written, but equal and of the same hash.
_RULES: Mapping[object, tuple[Callable[[object], bool], Callable[[object], str]]] = {
    int: (_is_count, str),
    bool: (_is_yes_or_no, canonical.encode),
    str: (_is_code_text, '"{}"'.format),
    list[str]: (_is_list_of_codes, canonical.encode),
}


def _sealed(said: Details, subject: UUID | None) -> sealing.Sealed:
    if subject is None:
        raise NobodysDetails
    return sealing.seal(said, subject=subject)


def _react(reaction: Reaction, action: str, entry: int) -> None:
    try:
        reaction(Entry.objects.get(pk=entry))
    except Exception as error:  # noqa: BLE001 - the deed is done; and Django would log the error's own text
        facts = {
            "action": action,
            "reaction": f"{reaction.__module__}.{reaction.__qualname__}",
            "error": type(error).__name__,
        }
        logger.error("a reaction failed", extra={"facts": facts})
