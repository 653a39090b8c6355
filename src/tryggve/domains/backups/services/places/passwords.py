"""Every repository of keys opens by the recovery kits, also untested ones, and by no kit that was replaced."""

import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tryggve.domains.backups.models import Place
from tryggve.domains.backups.restic import Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.places import standing
from tryggve.vault import recovery

_PREFIX: Final = "kit-"
_LABEL_LETTERS: Final = 24
# Shorter than from one night to the next.
_LOOK_AGAIN: Final = timedelta(hours=20)


def renew(*, at: datetime) -> bool:
    """Make it so in every place that can be reached; whether it is so in all now. Raises vault.Locked."""
    is_all = True
    for place in places.in_use():
        if place.keys is None:
            continue
        try:
            _give_and_note(place.keys, place.id, at)
        except ResticFailed as failure:
            standing.failed(place.id, failure.code, at)
            is_all = False
    return is_all


def keep(repository: Repository, place: UUID, *, at: datetime) -> None:
    """Make it so in this place, unless that was found within a day and no kit has come or gone since.

    Raises ResticFailed and vault.Locked.
    """
    found = Place.objects.filter(pk=place, kits=labels(), kits_at__gt=at - _LOOK_AGAIN, kits_at__lte=at)
    if not found.exists():
        _give_and_note(repository, place, at)


def labels() -> list[str]:
    """What the kits are called there that have a password. Raises vault.Locked."""
    return sorted(_label(kit.password) for kit in recovery.backup_kits() if kit.password)


def give(repository: Repository) -> None:
    """Make it so in this one. Raises ResticFailed and vault.Locked.

    A kit that isn't tested yet gets in, too: it opens the register. While a kit has no password, for it has to be
    typed in once more, nobody is shut out: it may be the one that got in here before.
    """
    kits = recovery.backup_kits()
    wanted = {_label(kit.password): kit.password for kit in kits if kit.password}
    there = [one for one in repository.passwords() if one.label.startswith(_PREFIX)]
    for label in wanted.keys() - {one.label for one in there}:
        repository.add_password(wanted[label], label=label)
    if any(kit.password is None for kit in kits):
        return
    for one in there:
        if one.label not in wanted and not one.is_current:
            repository.remove_password(one.id)


def _give_and_note(repository: Repository, place: UUID, at: datetime) -> None:
    wanted = labels()
    give(repository)
    Place.objects.filter(pk=place).update(kits=wanted, kits_at=at)


def _label(password: str) -> str:
    """Tells which one it is, and nothing of it: a password has 256 random bits."""
    return _PREFIX + hashlib.sha256(f"tryggve label {password}".encode()).hexdigest()[:_LABEL_LETTERS]
