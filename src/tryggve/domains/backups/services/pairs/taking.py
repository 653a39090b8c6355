"""Taking a pair: the data to each data place, then the keys to each key place; and whether they belong together."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction

from tryggve import vault
from tryggve.accounts import clock
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.engine import lineage
from tryggve.domains.backups.engine.due import CARRIED
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.restic import Repository, ResticFailed, Snapshot, Unreachable
from tryggve.domains.backups.selectors import folders, places
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import places as noting
from tryggve.domains.backups.services import shredding, watching
from tryggve.domains.backups.services.pairs import (
    carrying,
    causes,
    errands,
    keys,
    noted_copies,
    staging,
    thinning,
    turns,
)
from tryggve.domains.backups.services.pairs.carrying import Brought, Errand, Progress
from tryggve.domains.backups.services.pairs.causes import CannotCopy
from tryggve.domains.backups.services.pairs.counting import Counted
from tryggve.domains.backups.services.pairs.staging import Staged
from tryggve.domains.backups.services.places import clearing, passwords
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal

Clock = Callable[[], datetime]
Told = Callable[[int, int], None]
_NOTED_EVERY_SECONDS: Final = 2.0


def take(*, why: Run.Why, now: Clock, told: Told | None = None, actor: str = actors.SYSTEM) -> Run:
    """A pair, brought to all places that can be reached; what came of it stands in the run.

    ``told`` hears every second how many bytes are done, and of how many. Raises turns.AlreadyAtIt.
    """
    with turns.held():
        turns.close_left_behind(at=now())
        return _Taking(turns.begin(why, at=now()), now, told, actor).whole()


def take_keys_alone(*, now: Clock, told: Told | None = None) -> Run:
    """The keys to each key place, so that a key that was destroyed goes from there. Raises turns.AlreadyAtIt."""
    with turns.held():
        turns.close_left_behind(at=now())
        return _Taking(turns.begin(Run.Why.ERASURE, at=now()), now, told).keys_alone()


@dataclass
class _Taking:
    run: Run
    now: Clock
    told: Told | None
    actor: str = actors.SYSTEM
    causes: list[str] = field(default_factory=list)
    # None while it isn't known which keys should be there.
    lost: frozenset[UUID] | None = None
    progress: Progress = field(default_factory=Progress)
    counted: Counted = field(default_factory=Counted)
    # In the places that data was brought to.
    lying: dict[UUID, list[Snapshot]] = field(default_factory=dict)

    def whole(self) -> Run:
        return self._ended(self._take_all)

    def keys_alone(self) -> Run:
        return self._ended(lambda: self._take_keys_of_now(places.in_use()))

    def _ended(self, deed: Callable[[], None]) -> Run:
        try:
            deed()
        except vault.Locked:
            self.causes.append(causes.KEYS_UNREADABLE)
        except Exception:
            self.causes.append(causes.BROKE)
            raise
        finally:
            self._end()
        if self.lost is not None:
            watching.tell_lost_keys(len(self.lost), at=self.now())
        watching.tell_taken_over(is_so=causes.TAKEN_OVER in self.causes, at=self.now())
        return self.run

    def _take_all(self) -> None:
        in_use, own = places.in_use(), folders.paths()
        there = self._there(in_use)
        shredding.ensure_standing(self.now())
        try:
            with staging.staged(pair=self.run.pk, at=self.now()) as staged:
                self.run.rows = staged.manifest.rows
                snapshots = self._take_data(staged, there)
        except CannotCopy as cannot:
            self.causes.append(cannot.cause)
            self._take_keys_of_now(in_use)
            return
        if snapshots:
            shredding.note_backed_up(self.run)
        # Before the company's own folders, which may take days the first time: data without keys is nothing.
        self._take_keys(staged.manifest, staged.keys, snapshots, in_use)
        self._take_folders(own, [one for one in there if str(one.id) in snapshots])
        self._look_for_overdue(in_use)
        # Before anything is let go of: what looks broken may be the only trace of what was whole.
        watching.signs_of(self.run, own, self.now())
        for one in there:
            if one.data is not None and str(one.id) in snapshots:
                thinning.thin_data(one.data, one.id, there=self.lying[one.id], at=self.now())
        clearing.clear_removed(at=self.now())

    def _there(self, in_use: Sequence[PlaceInUse]) -> list[PlaceInUse]:
        """Without disks that are carried away just now: nobody expects a copy there tonight."""
        away = [one for one in in_use if one.is_carried and one.is_away]
        for one in away:
            noting.failed(one.id, Unreachable.code, self.now())
        return [one for one in in_use if one not in away]

    def _look_for_overdue(self, in_use: Sequence[PlaceInUse]) -> None:
        at = self.now()
        away = [one.id for one in in_use if one.is_carried and one.is_away]
        for row in Place.objects.filter(pk__in=away):
            if not clock.is_within(CARRIED, row.seen_at or row.added_at, at=at):
                self.causes.append(causes.DISK_OVERDUE)

    def _take_data(self, staged: Staged, there: Sequence[PlaceInUse]) -> dict[str, str]:
        """The snapshots of the data, by place."""
        to = [(one.id, one.data) for one in there if one.data is not None]
        if not to:
            self.causes.append(causes.NO_DATA_PLACE)
        tags = self._tags("data")
        due = [errands.of_data(place, repository, staged, tags, self.progress) for place, repository in to]
        brought = [one for one in self._carry(due, Copy.Kind.DATA) if one.snapshot]
        self.lying = {one.place: self._lying(one, tags) for one in brought}
        return {str(one.place): one.snapshot for one in brought}

    def _take_folders(self, own: Sequence[Path], to: Sequence[PlaceInUse]) -> None:
        if not own:
            return
        tags = self._tags("folders")
        due = [
            errands.of_folders(one.id, data, own, tags, self.progress)
            for one in to
            if (data := one.data) is not None
        ]
        for one in self._carry(due, Copy.Kind.FOLDERS):
            if one.snapshot:
                self.lying[one.place] += self._lying(one, tags)

    def _lying(self, one: Brought, tags: Sequence[str]) -> list[Snapshot]:
        """What lies in the place now."""
        return [*one.before, Snapshot(one.snapshot, self.now(), frozenset(tags), ())]

    def _take_keys_of_now(self, in_use: Sequence[PlaceInUse]) -> None:
        """Without data of their own; they should be those that the register names just now."""
        try:
            named = keys.named_now()
        except (Refusal, DatabaseError):
            named = None
        self._take_keys(None, named, {}, in_use)

    def _take_keys(
        self,
        of_data: Manifest | None,
        named: frozenset[UUID] | None,
        snapshots: dict[str, str],
        in_use: Sequence[PlaceInUse],
    ) -> None:
        to = [(one.id, one.keys) for one in self._there(in_use) if one.keys is not None]
        if not to:
            self.causes.append(causes.NO_KEY_PLACE)
        try:
            copy = keys.copied(
                self.run.pk,
                of_data=of_data,
                named=named or frozenset(),
                data_snapshots=snapshots,
                places=in_use,
                at=self.now(),
            )
        except CannotCopy as cannot:
            self.causes.append(cannot.cause)
            return
        self.lost = None if named is None else copy.lost
        if self.lost:
            self.causes.append(causes.KEYS_MISSING)
        tags, of = self._tags("keys", ledger=copy.ledger), dict(to)
        due = [errands.of_keys(place, repository, copy.content, tags) for place, repository in to]
        clear = thinning.doubt(of)
        for one in self._carry(due, Copy.Kind.KEYS):
            if one.snapshot:
                self._let_kits_in(of[one.place], one.place)
                self._thin_keys(of[one.place], one, tags, is_clear=one.place in clear)

    def _thin_keys(
        self, repository: Repository, one: Brought, tags: Sequence[str], *, is_clear: bool
    ) -> None:
        """A place that doesn't let go of old keys fails: whoever was erased could be read from there."""
        failed = thinning.thin_keys(
            repository,
            one.place,
            there=self._lying(one, tags),
            newest=one.snapshot,
            lost=self.lost,
            is_clear=is_clear,
            at=self.now(),
        )
        if failed:
            self._fail_keys(one.place, failed)

    def _let_kits_in(self, repository: Repository, place: UUID) -> None:
        """A kit that was made since the last copy opens this one; one that was replaced doesn't."""
        try:
            carrying.unlocked(repository, lambda: passwords.keep(repository, place, at=self.now()))
        except ResticFailed as failed:
            self._fail_keys(place, failed.code)

    def _fail_keys(self, place: UUID, cause: str) -> None:
        self.causes.append(cause)
        Copy.objects.filter(run=self.run, place=place, kind=Copy.Kind.KEYS).update(cause=cause)

    def _carry(self, due: Sequence[Errand], kind: Copy.Kind) -> list[Brought]:
        noted = monotonic()

        def meanwhile() -> None:
            nonlocal noted
            self.run.bytes_done, self.run.bytes_in_all = self.progress.sums()
            if self.told is not None:
                self.told(self.run.bytes_done, self.run.bytes_in_all)
            if monotonic() - noted > _NOTED_EVERY_SECONDS:
                noted = monotonic()
                with suppress(OperationalError):  # how far it has come is worth no failure
                    self.run.save(update_fields=["bytes_done", "bytes_in_all"])

        brought = []
        for one in carrying.carry(due, meanwhile=meanwhile):
            before = noted_copies.note(self.run, one, kind, at=self.now())
            if one.cause:
                self.causes.append(one.cause)
            if one.added is not None and kind != Copy.Kind.KEYS:
                self.counted.add(one.added, kind, before=before)
                self.counted.tell(self.run)
            brought.append(one)
        return brought

    def _tags(self, kind: str, *, ledger: str = "") -> list[str]:
        whose = lineage.tags(home=setup.belongs_here_since(), ledger=ledger)
        return [kind, f"pair={self.run.pk.hex}", f"why={self.run.why}", *whose]

    @transaction.atomic
    def _end(self) -> None:
        write_points.reached("backups: run about to end")
        at, run = self.now(), self.run
        self.counted.tell(run)
        run.state = Run.State.FAILED if self.causes else Run.State.DONE
        run.cause, run.ended_at = causes.foremost(self.causes), at
        run.save()
        copies = run.copies.exclude(snapshot="")
        told: dict[str, Any] = {
            "run": str(run.pk),
            "why": run.why.lower(),
            "data": copies.filter(kind=Copy.Kind.DATA).count(),
            "keys": copies.filter(kind=Copy.Kind.KEYS).count(),
        }
        if run.state == Run.State.DONE:
            audit.record(actions.PAIR_TAKEN, actor=self.actor, at=at, **told)
        else:
            told |= {"cause": run.cause, "missing": len(self.lost or ())}
            audit.record(actions.PAIR_FAILED, actor=self.actor, at=at, **told)
