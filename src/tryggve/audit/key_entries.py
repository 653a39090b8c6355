"""What the log itself tells of the keys that sign its checkpoints."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tryggve.audit import actions, leaves
from tryggve.audit.leaves import Place
from tryggve.audit.notes import Verifier
from tryggve.audit.verdict import KeyReplaced

_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class KeyEntry:
    """The first entry that told of a key, and where it stands."""

    key: str
    place: Place
    on: date
    is_replacement: bool


def recorded() -> dict[str, KeyEntry]:
    """The keys (hexadecimal digits) that the log tells of, the first first; rows that were changed may lie."""
    found: dict[str, KeyEntry] = {}
    for place in leaves.places_of([actions.SIGNING_KEY_MADE.code, actions.SIGNING_KEY_REPLACED.code]):
        for leaf in leaves.stretch(place.epoch, place.index, place.index + 1).leaves:
            if (one := _read(leaf, place, is_first=not found)) is not None:
                found.setdefault(one.key, one)
    return found


def tells_of(recorded: Mapping[str, KeyEntry], key: Verifier, *, before: tuple[int, int]) -> bool:
    """Whether the entry of the key is among the leaves up to that epoch and size."""
    one = recorded.get(key.public.hex())
    return one is not None and (one.place.epoch, one.place.index) < before


def replaced(recorded: Mapping[str, KeyEntry]) -> tuple[KeyReplaced, ...]:
    """Every key that isn't the log's first."""
    later = (one for one in recorded.values() if one.is_replacement)
    return tuple(KeyReplaced(one.place.entry, one.place.epoch, one.on, one.key) for one in later)


def _read(leaf: bytes | None, place: Place, *, is_first: bool) -> KeyEntry | None:
    try:
        told = json.loads(leaf or b"")
        key, on = str(told["facts"]["key"]), date.fromisoformat(told["at"][:10])
    except (ValueError, KeyError, TypeError):
        return None
    is_replacement = not is_first or told["action"] == actions.SIGNING_KEY_REPLACED.code
    return KeyEntry(key, place, on, is_replacement) if _KEY.fullmatch(key) else None
