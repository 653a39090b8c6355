import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from tryggve.audit import actors, codes, registry
from tryggve.audit.models import Entry
from tryggve.audit.registry import Action, Reaction

logger = logging.getLogger(__name__)

Fact = int | str | bool | list[str]

# RFC 8259 §6: beyond this, other readers of JSON may round. Leaves of the log must read the same everywhere.
_GREATEST_INT = 2**53 - 1
_LONGEST_LIST = 100


class UndeclaredAction(LookupError):
    """No domain declared this action."""


class UndeclaredFact(LookupError):
    """The action was declared without this fact."""


class NotAFact(TypeError):
    """Facts are whole numbers, yes or no, codes and ids, and lists of codes: never text about people."""


class NotAnActor(ValueError):
    """An actor is ``user:<uuid>``, ``machine:<account>``, ``system`` or ``anonymous``."""


def record(action: Action, *, actor: str, at: datetime, subject: UUID | None = None, **facts: Fact) -> Entry:
    """Write one deed, in the caller's transaction: both are kept or neither. One INSERT.

    Raises UndeclaredAction, UndeclaredFact, NotAFact and NotAnActor before anything is written.
    """
    if registry.actions().get(action.code) is not action:
        raise UndeclaredAction(action.code)
    if not actors.is_actor(actor):
        raise NotAnActor(actor)
    _check_facts(action, facts)
    # Without a savepoint: if the entry can't be written, the deed around it must not be kept either.
    with transaction.atomic(savepoint=False):
        entry = Entry.objects.create(
            action=action.code, recorded_at=at, actor=actor, subject=subject, facts=facts
        )
        for reaction in registry.reactions_to(action.code):
            transaction.on_commit(partial(_react, reaction, entry), robust=True)
    return entry


def look(action: Action, *, actor: str, at: datetime, subject: UUID | None = None, **facts: Fact) -> Entry:
    """Write that personal data was read: one entry, however many rows were read. Raises as ``record``."""
    return record(action, actor=actor, at=at, subject=subject, **facts)


def _check_facts(action: Action, facts: Mapping[str, Fact]) -> None:
    for name, value in facts.items():
        if name not in action.facts:
            raise UndeclaredFact(f"{action.code}: {name}")
        if not _is_fact(value):
            # The value stays out of the message: it may be what the log must not hold.
            raise NotAFact(f"{action.code}: {name}")


def _is_fact(value: object) -> bool:
    match value:
        case int():  # and bool
            return abs(value) <= _GREATEST_INT
        case str():
            return codes.is_code(value)
        case list():
            return len(value) <= _LONGEST_LIST and all(
                isinstance(item, str) and codes.is_code(item) for item in value
            )
        case _:
            return False


def _react(reaction: Reaction, entry: Entry) -> None:
    try:
        reaction(entry)
    except Exception as error:  # noqa: BLE001 - the deed is done; and Django would log the error's own text
        facts = {
            "action": entry.action,
            "reaction": f"{reaction.__module__}.{reaction.__qualname__}",
            "error": type(error).__name__,
        }
        logger.error("a reaction failed", extra={"facts": facts})
