"""Every copy of the keys in every place that can be reached, looked through for keys that were destroyed."""

import io
import logging
import tarfile
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from tryggve import vault
from tryggve.domains.backups import place_trials
from tryggve.domains.backups.engine.shredding import HeldIn
from tryggve.domains.backups.restic import LockedByAnother, Repository, ResticFailed, Snapshot
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.places import suitable
from tryggve.domains.backups.services.places.refusals import UnfitForKeys
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import SealedCard
from tryggve.lib import folders
from tryggve.lib.errors import Refusal
from tryggve.vault import opening
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.unlocking import Unlocked

logger = logging.getLogger(__name__)

_TAR: Final = "/keys.tar"
_STORE: Final = "keys.sqlite3"


@dataclass(slots=True)
class Searched:
    """``held``: by key, in which copies of which place it is. ``unseen``: places where some copy couldn't be read."""

    copies: int = 0
    held: dict[UUID, list[tuple[UUID, HeldIn]]] = field(default_factory=dict)
    unseen: set[UUID] = field(default_factory=set)


class _NotRead(Exception):
    """This copy isn't one that can be looked through."""


def search(cards: Collection[SealedCard], *, at: datetime) -> Searched:
    """Try to read each card with each copy of the keys, also in places that were removed. Raises vault.Locked."""
    unlocked = opening.unlocked(folders.current())
    found = Searched()
    for place in (*places.in_use(), *places.removed_with_keys()):
        if place.keys is None:
            continue
        try:
            suitable.require_fit(place, at=at)
            there = _snapshots(place.keys)
            for one in there:
                for key in _readable(place.keys, one, cards, unlocked):
                    held = HeldIn(taken_at=one.taken_at, newest_there=there[-1].taken_at)
                    found.held.setdefault(key, []).append((place.id, held))
                found.copies += 1
            if place.keys.has_remains():
                raise _NotRead
        except (ResticFailed, UnfitForKeys, _NotRead) as failed:
            facts = {"place": str(place.id), "error": type(failed).__name__}
            logger.warning("copies of the keys can't be looked through now", extra={"facts": facts})
            found.unseen.add(place.id)
    return found


def is_in_use(card: SealedCard) -> bool:
    """Whether the key store of today has its key. Raises vault.Locked."""
    return not vault.keyring().missing([card.key])


def _snapshots(repository: Repository) -> list[Snapshot]:
    """All of them, whoever brought them there, but for trials."""
    try:
        there = repository.snapshots()
    except LockedByAnother:
        repository.free()  # whoever died there
        there = repository.snapshots()
    return [one for one in there if not place_trials.is_trial(one)]


def _readable(
    repository: Repository, snapshot: Snapshot, cards: Collection[SealedCard], unlocked: Unlocked
) -> set[UUID]:
    """The keys of the cards that this copy reads, or holds under key-encryption keys that were replaced since."""
    with KeyCopy(_store(repository.dump(snapshot.id, _TAR))) as copy:
        try:
            keys = copy.keys(unlocked)
            there = copy.present([card.key for card in cards])
        except Refusal:
            raise _NotRead from None
        return there | {card.key for card in cards if _opens(card, keys)}


def _opens(card: SealedCard, keys: customers.Opens) -> bool:
    try:
        customers.name_on(card, keys)
    except vault.CannotOpen:
        return False
    return True


def _store(content: bytes) -> bytes:
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            store = tar.extractfile(_STORE)
            return store.read() if store else b""
    except (tarfile.TarError, KeyError):
        raise _NotRead from None
