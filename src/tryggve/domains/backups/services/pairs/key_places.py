"""Key places tell whether a destroyed key is gone: each copy of the keys that still lies there is read, in memory."""

import tarfile
import time
from collections.abc import Collection, Iterator
from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tryggve.domains.backups import place_trials
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.restic import Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.pairs import keys
from tryggve.domains.backups.services.places import suitable
from tryggve.lib.errors import Refusal
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.key_places import KeyPlace

# Who asks for one customer asks for the next right after.
_KNOWN_FOR_SECONDS: Final = 60.0
_Ids = dict[str, frozenset[UUID]]
# None of a place that couldn't be asked.
_known: dict[UUID, tuple[float, _Ids | None]] = {}


class CannotAsk(OSError):
    """The place doesn't answer, or a copy there can't be read: it may hold the key."""


def key_places() -> Iterator[KeyPlace]:
    """Those that hold copies of the keys today, and those that were removed and may hold some still."""
    for row in Place.objects.filter(holds_keys=True, removed_at=None):
        yield KeyPlace(f"backup_{row.pk.hex}", row.title, partial(_holds_any, row.pk))
    for row in places.rows_removed_with_keys():
        yield KeyPlace(f"backup_{row.pk.hex}", row.title, _may_hold)


def forget() -> None:
    """What was read is read again."""
    _known.clear()


def _holds_any(place: UUID, wanted: Collection[UUID]) -> bool:
    """Within a transaction nobody waits for another computer: there it may hold them, and is asked later."""
    if connection.in_atomic_block:
        return True
    asked = set(wanted)
    return any(asked & ids for ids in _ids_in(place).values())


def _may_hold(wanted: Collection[UUID]) -> bool:
    """Nobody looks there any more."""
    return bool(wanted)


def _ids_in(place: UUID) -> _Ids:
    """The keys in each copy. Raises CannotAsk, vault.Locked."""
    at, held = _known.get(place, (0.0, None))
    if place not in _known or time.monotonic() - at >= _KNOWN_FOR_SECONDS:
        held = _asked(place, held or {})
        _known[place] = time.monotonic(), held
    if held is None:
        raise CannotAsk
    return held


def _asked(place: UUID, before: _Ids) -> _Ids | None:
    """None also where more lies there than the copies that are listed, or what is deleted may stay."""
    found = next((one for one in places.in_use() if one.id == place), None)
    if found is None or found.keys is None:
        return None
    # A request to the storage is signed with the time of day.
    at = timezone.now()  # noqa: TID251 - whoever asks for keys has no clock to pass in
    try:
        suitable.require_fit(found, at=at)
        copies = [one.id for one in found.keys.snapshots() if not place_trials.is_trial(one)]
        told = {id: before[id] if id in before else ids_of(found.keys, id) for id in copies}
        return None if found.keys.has_remains() else told
    except (ResticFailed, Refusal, tarfile.TarError, KeyError):
        return None


def ids_of(repository: Repository, snapshot: str) -> frozenset[UUID]:
    """The keys in one copy of them. Raises ResticFailed, Refusal, tarfile.TarError, KeyError."""
    parts = keys.parts(repository.dump(snapshot, f"/{keys.NAME}"))
    with KeyCopy(parts[keys.STORE]) as copy:
        return copy.ids()
