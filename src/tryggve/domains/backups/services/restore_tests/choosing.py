"""Which copy is tested: the newest that lies in the farthest place, with the newest copy of the keys."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tryggve.domains.backups.engine import lineage
from tryggve.domains.backups.engine.lineage import Standing
from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.restic import Repository, ResticFailed, Snapshot
from tryggve.domains.backups.selectors import places, taken
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed, of_restic
from tryggve.domains.setup import api as setup


@dataclass(frozen=True, slots=True)
class Chosen:
    """``snapshot`` is the data's, ``own_folders`` that of the company's own folders; empty where there is none.

    ``passed_over``: how many places for data stand in another house, where the one that was chosen doesn't.
    """

    place: PlaceInUse
    data: Repository
    run: Run
    snapshot: str
    own_folders: str
    passed_over: int = 0

    def read_anew(self, cache: Path) -> "Chosen":
        """The same with an empty cache, so that nothing is taken from this computer that should lie in the place."""
        return replace(self, data=replace(self.data, cache=cache))


@dataclass(frozen=True, slots=True)
class CopiedKeys:
    """The newest snapshot of keys in a place."""

    repository: Repository
    snapshot: Snapshot

    @property
    def standing(self) -> Standing:
        return lineage.standing(self.snapshot.tags, self.snapshot.taken_at)


def chosen(at: datetime) -> Chosen:
    """By what is written down of it. Raises CouldNotTest, and TestFailed where a place has lost all of its copies."""
    in_use = places.in_use()
    if not any(one.holds_data for one in in_use):
        raise CouldNotTest("no-place")
    brought = Copy.objects.filter(kind=Copy.Kind.DATA, forgotten_at=None).exclude(snapshot="")
    whole = taken.not_ahead(taken.whole(at=at), at=at)
    holding = set(brought.filter(run__in=whole).values_list("place", flat=True))
    if not holding:
        raise CouldNotTest("no-pair")
    may_be = [one for one in in_use if one.id in holding]
    place = places.farthest(may_be)
    if place is None or place.data is None:
        raise _why_none(may_be)
    copy = brought.filter(place=place.id, run__in=whole).select_related("run").order_by("-run__began_at")[0]
    own = Copy.objects.filter(run=copy.run, place=place.id, kind=Copy.Kind.FOLDERS, forgotten_at=None).first()
    passed_over = 0 if place.is_elsewhere else sum(one.holds_data and one.is_elsewhere for one in in_use)
    return Chosen(place, place.data, copy.run, copy.snapshot, own.snapshot if own else "", passed_over)


def require_there(one: Chosen) -> None:
    """The place holds it still. Raises TestFailed and CouldNotTest."""
    try:
        there = any(found.id.startswith(one.snapshot) for found in one.data.snapshots(tags=["data"]))
    except ResticFailed as failed:
        raise of_restic(failed) from None
    if not there:
        raise TestFailed("snapshot-missing")


def newest_keys() -> tuple[CopiedKeys, int]:
    """The newest copy of our keys in any place that can be reached, and how many places have lost theirs.

    Neither one that a lost computer brought that turned up since, nor one of a computer that took the register over.
    Raises TestFailed where no place holds one, and CouldNotTest where none can be reached.
    """
    found: list[CopiedKeys] = []
    lost, troubles = 0, list[CouldNotTest]()
    brought = Copy.objects.filter(kind=Copy.Kind.KEYS, forgotten_at=None).exclude(snapshot="")
    should_hold = set(brought.values_list("place", flat=True))
    for place in places.in_use():
        if (repository := place.keys) is None:
            continue
        try:
            there = _of_ours(repository)
        except ResticFailed as failed:
            outcome = of_restic(failed)
            if isinstance(outcome, CouldNotTest):
                troubles.append(outcome)
                continue
            there = []
        found += there
        # A place that no copy came to yet has lost none.
        lost += int(not there and place.id in should_hold)
    if found:
        return max(found, key=lambda one: one.standing), lost
    if lost or not troubles:
        raise TestFailed("keys-lost", lost)
    raise troubles[0]


def key_repositories() -> list[Repository]:
    """Those of all places that hold keys, whether or not they can be reached."""
    return [one.keys for one in places.in_use() if one.keys is not None]


def newest_pair_at(at: datetime) -> datetime | None:
    """When the newest that could be tested was taken; None while there is none."""
    newest = taken.newest_whole(at=at)
    return newest.began_at if newest else None


def _of_ours(repository: Repository) -> list[CopiedKeys]:
    ours = lineage.tags(home=setup.belongs_here_since())
    there = repository.snapshots(tags=["keys"])
    return [CopiedKeys(repository, one) for one in there if not lineage.is_of_later_home(one.tags, ours)]


def _why_none(may_be: list[PlaceInUse]) -> TestFailed | CouldNotTest:
    """Why no place answers: one that has lost its copies, or lets nobody in, has failed."""
    troubles = [trouble for one in may_be if one.data is not None and (trouble := _trouble_of(one.data))]
    failed_first = sorted(troubles, key=lambda one: isinstance(one, CouldNotTest))
    return failed_first[0] if failed_first else CouldNotTest("unreachable")


def _trouble_of(data: Repository) -> TestFailed | CouldNotTest | None:
    try:
        data.snapshots(tags=["data"])
    except ResticFailed as failed:
        return of_restic(failed)
    return None
