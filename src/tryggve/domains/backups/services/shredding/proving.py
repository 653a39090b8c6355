"""Reading who was erased in the older snapshot, with every copy of the keys that can be reached."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.engine.shredding import Outcome, Verdict, judged
from tryggve.domains.backups.models import Shredding
from tryggve.domains.backups.selectors import shredding as selectors
from tryggve.domains.backups.services import watching
from tryggve.domains.backups.services.shredding import key_search, older_cards
from tryggve.domains.backups.services.shredding.key_search import Searched
from tryggve.domains.backups.services.shredding.older_cards import Restored
from tryggve.domains.customers.api import SealedCard
from tryggve.lib import write_points


@dataclass(frozen=True, slots=True)
class _Judged:
    one: Shredding
    erased_at: datetime
    verdict: Verdict
    waits_for: frozenset[UUID]
    held_in: frozenset[UUID]
    copies: int


def prove(at: datetime, scratch: Path, *, restored: Restored | None = None) -> None:
    """Judge everybody who was erased and isn't proven to be gone; nothing while the register is locked.

    A copy of the database lies in ``scratch`` meanwhile, which should lie in memory. ``restored``: one that lies there
    already.
    """
    try:
        vault.keyring().require_unlocked()
        cards = _older_cards(at, scratch, restored)
        if not cards:
            return
        searched = key_search.search([card for _one, _erased_at, card in cards], at=at)
        for one, erased_at, card in cards:
            _settle(_judged(one, erased_at, card, searched, at), at)
    except vault.Locked:
        return


def _older_cards(
    at: datetime, scratch: Path, restored: Restored | None
) -> list[tuple[Shredding, datetime, SealedCard]]:
    found = []
    for one in selectors.unproven():
        if one.erased_at is None:
            continue
        try:
            found.append((one, one.erased_at, older_cards.card_of(one, scratch=scratch, restored=restored)))
        except older_cards.SnapshotGone:
            _lose(one, at)
        except older_cards.NowhereNow as nowhere:
            _wait(one, nowhere.places)
    return found


def _judged(
    one: Shredding, erased_at: datetime, card: SealedCard, searched: Searched, at: datetime
) -> _Judged:
    held = searched.held.get(card.key, [])
    verdict = judged(
        erased_at=erased_at,
        at=at,
        held=[copy for _place, copy in held],
        # Where there is no copy at all, nothing was seen.
        is_all_seen=searched.copies > 0 and not searched.unseen,
        is_key_in_use=key_search.is_in_use(card),
    )
    held_in = frozenset(place for place, _copy in held)
    return _Judged(one, erased_at, verdict, frozenset(searched.unseen), held_in, searched.copies)


def _settle(found: _Judged, at: datetime) -> None:
    if found.verdict.outcome is Outcome.PROVEN:
        _prove(found, at)
    elif found.verdict.outcome is Outcome.FAILED:
        _fail(found, at)
    else:
        Shredding.objects.filter(pk=found.one.pk).update(
            pending_until=found.verdict.until, waits_for=_written(found.waits_for)
        )
    write_points.reached("shredding: judged")


@transaction.atomic
def _prove(found: _Judged, at: datetime) -> None:
    audit.record(
        actions.SHREDDING_PROVEN, actor=actors.SYSTEM, at=at, run=str(found.one.run_id), copies=found.copies
    )
    write_points.reached("shredding: proven, not committed")
    Shredding.objects.filter(pk=found.one.pk).update(
        proven_at=at, failed_at=None, pending_until=None, waits_for=[]
    )


@transaction.atomic
def _fail(found: _Judged, at: datetime) -> None:
    """Told once, however often it is found again."""
    if found.one.failed_at is not None:
        return
    audit.record(
        actions.SHREDDING_FAILED,
        actor=actors.SYSTEM,
        at=at,
        run=str(found.one.run_id),
        places=_written(found.held_in),
    )
    Shredding.objects.filter(pk=found.one.pk).update(failed_at=at, pending_until=None, waits_for=[])
    watching.tell_failed_shredding(at=at)


@transaction.atomic
def _lose(one: Shredding, at: datetime) -> None:
    audit.record(actions.SHREDDING_LOST, actor=actors.SYSTEM, at=at, run=str(one.run_id))
    Shredding.objects.filter(pk=one.pk).update(lost_at=at, pending_until=None, waits_for=[])


def _wait(one: Shredding, places: frozenset[UUID]) -> None:
    Shredding.objects.filter(pk=one.pk).update(waits_for=_written(places))


def _written(places: frozenset[UUID]) -> list[str]:
    return sorted(map(str, places))
