"""Places let go of what is old: of keys for good and always, of data where the place allows it."""

import logging
import tarfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tryggve import vault
from tryggve.domains.backups import place_trials
from tryggve.domains.backups.engine import letting_go, lineage
from tryggve.domains.backups.engine.letting_go import Kept
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.restic import Repository, ResticFailed, Snapshot
from tryggve.domains.backups.selectors import shredding
from tryggve.domains.backups.services import watching
from tryggve.domains.backups.services.pairs import causes, key_places
from tryggve.domains.backups.services.pairs.carrying import unlocked
from tryggve.lib.errors import Refusal

logger = logging.getLogger(__name__)
_UPGRADE_TAG = "why=UPGRADE"
# A repository of keys is small: one that takes longer is stuck, and others wait.
_LONGEST_OF_KEYS: Final = 1800.0
_LONGEST_TRIAL: Final = timedelta(hours=1)


def doubt(key_places: Collection[UUID]) -> set[UUID]:
    """Whoever is cut off while copies are brought may leave bytes of keys there; the places that had none until now."""
    brought_to = Place.objects.filter(pk__in=key_places)
    clear = set(brought_to.filter(is_clear=True).values_list("pk", flat=True))
    brought_to.update(is_clear=False)
    return clear


def thin_keys(
    repository: Repository,
    place: UUID,
    *,
    there: Sequence[Snapshot],
    newest: str,
    lost: Collection[UUID] | None,
    is_clear: bool,
    at: datetime,
) -> str:
    """All but the newest few, with every byte of them; the code of what failed, if it did.

    ``there``: what lies there now. ``lost``: keys that the newest should hold and doesn't. Those that hold them stay as
    long as any copy may; where it isn't known whether keys are lost, all do. All stay, too, where one knows of erasures
    that aren't known here. ``is_clear``: nothing was left there of what was let go of before.
    """
    brief = replace(repository, longest=min(repository.longest, _LONGEST_OF_KEYS))
    copies = _tagged(there, "keys")
    if _knows_more(copies):
        return causes.KEYS_KNOW_MORE
    try:
        going = _trials_left(there, at) + _old_keys(brief, copies, newest=newest, lost=lost, at=at)
        if going or not is_clear or _lacks_some(place, there):
            unlocked(brief, lambda: brief.let_go(going))
    except ResticFailed as failed:
        return _warned(place, failed)
    Place.objects.filter(pk=place).update(is_clear=True)
    _note(place, copies, going, Copy.Kind.KEYS, at)
    return ""


def thin_data(repository: Repository, place: UUID, *, there: Sequence[Snapshot], at: datetime) -> None:
    """Where old copies can be deleted, and nobody encrypted what is copied; the same for the company's folders."""
    if not watching.may_prune() or not Place.objects.filter(pk=place, keeps_old=False).exists():
        return
    zone, needed = timezone.get_default_timezone(), _needed()
    for kind in (Copy.Kind.DATA, Copy.Kind.FOLDERS):
        copies = _tagged(there, kind.lower())
        going = letting_go.of_data([_kept(one, needed) for one in copies], at=at, zone=zone)
        try:
            unlocked(repository, partial(repository.forget, going, unused="5%"))
        except ResticFailed as failed:
            _warned(place, failed)
        else:
            _note(place, copies, going, kind, at)


def _warned(place: UUID, failed: ResticFailed) -> str:
    logger.warning(
        "old copies were not let go of", extra={"facts": {"place": str(place), "cause": failed.code}}
    )
    return failed.code


def _tagged(there: Sequence[Snapshot], tag: str) -> list[Snapshot]:
    return [one for one in there if tag in one.tags]


def _knows_more(copies: Sequence[Snapshot]) -> bool:
    """Whether some copy's ledger isn't the beginning of ours, such as after a restore from older keys."""
    told = [lineage.standing(one.tags, one.taken_at) for one in copies]
    return any(one.state != str(vault.ledger_state_at(one.erased)) for one in told if one.state)


def _old_keys(
    repository: Repository,
    copies: Sequence[Snapshot],
    *,
    newest: str,
    lost: Collection[UUID] | None,
    at: datetime,
) -> list[str]:
    kept = [Kept(one.id, one.taken_at) for one in copies]
    if lost is None:
        return letting_go.of_keys(kept, newest=newest, at=at, most=len(kept))
    held = {one.id: _held(repository, one.id, lost) for one in kept} if lost else {}
    return letting_go.of_keys(kept, newest=newest, at=at, lost=held)


def _held(repository: Repository, snapshot: str, lost: Collection[UUID]) -> frozenset[UUID]:
    """Those of the lost keys that are in it; none where it can't be read. Raises ResticFailed."""
    try:
        return key_places.ids_of(repository, snapshot).intersection(lost)
    except (Refusal, tarfile.TarError, KeyError):
        return frozenset()


def _trials_left(there: Sequence[Snapshot], at: datetime) -> list[str]:
    """What a trial left that was cut off."""
    left = _tagged(there, place_trials.TAG)
    return [one.id for one in left if not at - _LONGEST_TRIAL < one.taken_at <= at]


def _lacks_some(place: UUID, there: Sequence[Snapshot]) -> bool:
    """Whether a copy is gone that nobody noted as gone: somebody was cut off, and may have left its bytes there."""
    return _noted(place, Copy.Kind.KEYS).exclude(snapshot__in={one.id for one in there}).exists()


def _note(
    place: UUID, copies: Sequence[Snapshot], going: Collection[str], kind: Copy.Kind, at: datetime
) -> None:
    """What isn't there any more, also where a run was killed before it noted so."""
    _noted(place, kind).exclude(snapshot__in={one.id for one in copies} - set(going)).update(forgotten_at=at)


def _noted(place: UUID, kind: Copy.Kind) -> QuerySet[Copy]:
    return Copy.objects.filter(place=place, kind=kind, forgotten_at=None).exclude(snapshot="")


def _kept(one: Snapshot, needed: Collection[str]) -> Kept:
    is_needed = not one.tags.isdisjoint(needed)
    return Kept(one.id, one.taken_at, is_before_upgrade=_UPGRADE_TAG in one.tags, is_needed=is_needed)


def _needed() -> set[str]:
    """By their tags: with their copies it is proven that an erased customer can't be read any more."""
    return {f"pair={run.hex}" for run in shredding.runs_needed()}
