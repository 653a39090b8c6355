"""The copy of the keys: made in memory, so that no destroyed key is left on a disk of ours."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import tryggve
from tryggve import vault
from tryggve.audit import checkpoints
from tryggve.domains.backups.database_copies import sqlite_copies
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.pairs import causes
from tryggve.domains.backups.services.pairs.causes import CannotCopy
from tryggve.lib import folders
from tryggve.lib.errors import Refusal
from tryggve.vault import owners
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.keystore import Keystore

NAME: Final = "keys.tar"
STORE: Final = "keys.sqlite3"
PAIR: Final = "pair.json"
PLACES: Final = "places.json"
PLACES_PURPOSE: Final = "backups: places in a copy of the keys"
VERSION: Final = 1
_RESERVED: Final = 8


@dataclass(frozen=True, slots=True)
class KeysCopied:
    """``content`` is the tar; ``lost`` are the keys that are named and that nobody has. ``ledger``: how it stands."""

    content: bytes
    lost: frozenset[UUID]
    ledger: str


def copied(
    pair: UUID,
    *,
    of_data: Manifest | None,
    named: Collection[UUID],
    data_snapshots: Mapping[str, str],
    places: Collection[PlaceInUse],
    at: datetime,
) -> KeysCopied:
    """The keys as they are now, with what tells which data they belong to. Raises CannotCopy."""
    try:
        store = sqlite_copies.serialized(folders.current().keys)
        with KeyCopy(store) as copy:
            state = str(copy.ledger_state())
            lost = _lost(named, copy.present, copy.destroyed)
    except (sqlite3.Error, OSError, Refusal):
        raise CannotCopy(causes.KEYS_UNREADABLE) from None
    told = {
        "version": VERSION,
        "pair": str(pair),
        "taken_at": at.astimezone(UTC).isoformat(),
        "program": tryggve.__version__,
        "vendor": of_data.vendor if of_data else "",
        "migrations": list(of_data.migrations) if of_data else [],
        "counts": dict(of_data.counts) if of_data else {},
        "data": dict(data_snapshots),
        "ledger": state,
        "checkpoint": _checkpoint(),
        "keys_named": len(named),
        "keys_missing": len(lost),
    }
    parts = {PAIR: json.dumps(told).encode(), PLACES: _sealed(places), STORE: store}
    return KeysCopied(_tar(parts, at), lost, state)


def named_now() -> frozenset[UUID]:
    """The keys that the register names at this moment. Raises what their owners raise."""
    return frozenset(owners.keys_in_use())


def lost_here() -> frozenset[UUID]:
    """Those of them that are nowhere on this computer. Raises what their owners raise, sqlite3.Error, OSError."""
    here = folders.current().keys

    def destroyed(ids: Collection[UUID]) -> set[UUID]:
        return {one.key for one in vault.tombstones() if one.key} & set(ids)

    return _lost(named_now(), Keystore(here).present, destroyed)


def parts(content: bytes) -> dict[str, bytes]:
    """What a copy holds, by name. Raises tarfile.TarError."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tar:
        return {one.name: held.read() for one in tar if (held := tar.extractfile(one)) is not None}


def _lost(
    named: Collection[UUID],
    present: Callable[[Collection[UUID]], set[UUID]],
    destroyed: Callable[[Collection[UUID]], set[UUID]],
) -> frozenset[UUID]:
    """The keys that are neither there nor in the ledger, and aren't what was let go of since they were named.

    What there is one of is made when it is first needed: its id is known before.
    """
    wanted = {key for key in named if key.version != _RESERVED}
    lacking = wanted - present(wanted)
    if lacking:
        lacking -= destroyed(lacking)
    if lacking:
        lacking &= named_now()
    return frozenset(lacking)


def _checkpoint() -> str:
    """The newest signed statement of the audit log; what can't be read now is told of where the log is verified."""
    try:
        newest = checkpoints.newest()
    except (Refusal, OSError, ValueError):
        return ""
    return newest.note.decode() if newest else ""


def _sealed(places: Collection[PlaceInUse]) -> bytes:
    told = [_place(one) for one in places]
    return vault.seal_for_service(PLACES_PURPOSE, json.dumps(told).encode())


def _place(one: PlaceInUse) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind,
        "title": one.title,
        "holds_data": one.holds_data,
        "holds_keys": one.holds_keys,
        "is_carried": one.is_carried,
        "is_elsewhere": one.is_elsewhere,
        "country": one.country,
        "access": asdict(one.access),
    }


def _tar(named: Mapping[str, bytes], at: datetime) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:", format=tarfile.PAX_FORMAT) as tar:
        for name, content in named.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode, about.mtime = len(content), 0o600, int(at.timestamp())
            tar.addfile(about, io.BytesIO(content))
    return held.getvalue()
