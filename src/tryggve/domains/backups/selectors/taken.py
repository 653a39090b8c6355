"""The backups that were taken, as they are noted down."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from tryggve.accounts import clock
from tryggve.domains.backups.engine.due import CARRIED
from tryggve.domains.backups.models import Copy, Folder, Place, Run
from tryggve.domains.backups.selectors import awake

# One night may fail, and half a day is left to mend it.
SILENT_AFTER: Final = timedelta(hours=36)
# A pair that is under way for longer hangs.
LONGEST: Final = timedelta(hours=24)
_OWN_FOLDERS: Final = Copy.objects.filter(run=OuterRef("pk"), kind=Copy.Kind.FOLDERS)
_LACKS_FILES: Final = Q(Exists(_OWN_FOLDERS)) & ~Q(Exists(_OWN_FOLDERS.filter(cause="")))


def whole(*, at: datetime) -> QuerySet[Run]:
    """The pairs whose data lies in a place in use, and their keys or newer ones in one, the newest first.

    Newer copies of the keys read that data, too: those that came with it may have been let go of.
    """
    data, keys = data_of(OuterRef("pk")), keys_since(at=at)
    return Run.objects.exclude(state=Run.State.RUNNING).filter(Exists(data), Exists(keys))


def lying(kind: Copy.Kind) -> QuerySet[Copy]:
    """Copies of that kind that no place in use is known to have let go of."""
    return Copy.objects.filter(kind=kind, forgotten_at=None, place__removed_at=None).exclude(snapshot="")


def data_of(run: OuterRef) -> QuerySet[Copy]:
    """Of that run, wherever they lie."""
    return lying(Copy.Kind.DATA).filter(run=run)


def keys_since(*, at: datetime) -> QuerySet[Copy]:
    """Of a run, or of a later one; one that was noted down before the clock was set back isn't known to be later."""
    believed = Q(run=OuterRef("pk")) | Q(run__began_at__lte=at + clock.MOST_AHEAD)
    return lying(Copy.Kind.KEYS).filter(believed, run__began_at__gte=OuterRef("began_at"))


def not_ahead(runs: QuerySet[Run], *, at: datetime) -> QuerySet[Run]:
    """Without those that were noted down before the clock was set back."""
    return runs.filter(began_at__lte=at + clock.MOST_AHEAD)


def newest_whole(*, at: datetime) -> Run | None:
    return not_ahead(whole(at=at), at=at).first()


def is_on_its_way(*, at: datetime) -> bool:
    """Whether a pair is being taken, or was asked for, since a while that one may take."""
    under_way = Run.objects.filter(state__in=[Run.State.WAITING, Run.State.RUNNING])
    pairs = not_ahead(under_way.exclude(why=Run.Why.ERASURE), at=at)
    return pairs.filter(began_at__gt=at - LONGEST).exists()


def is_silent(*, at: datetime) -> bool:
    """Whether there are places to bring backups to, and no whole backup has come to them for a day and a half.

    For a month, where the data goes to disks alone that are carried away. Not while one is on its way, nor right after
    this computer was off.
    """
    places = Place.objects.filter(removed_at=None)
    first = places.order_by("added_at").values_list("added_at", flat=True).first()
    if first is None or clock.is_within(SILENT_AFTER, first, at=at):
        return False
    newest = newest_whole(at=at)
    lasts = CARRIED if is_on_carried_disks_alone() else SILENT_AFTER
    if newest is not None and clock.is_within(lasts, newest.began_at, at=at):
        return False
    return awake.had_time(at=at) and not is_on_its_way(at=at)


def is_on_carried_disks_alone() -> bool:
    """Whether the data goes nowhere else, so that nobody promised a copy each night."""
    carried = Place.objects.filter(removed_at=None, holds_data=True).values_list("is_carried", flat=True)
    return bool(carried) and all(carried)


def is_begun_since(moment: datetime) -> bool:
    """Whether there was no place to bring backups to before then."""
    return not Place.objects.filter(removed_at=None, added_at__lte=moment).exists()


def unanswered() -> QuerySet[Run]:
    """Runs with signs that nobody has said anything to."""
    return Run.objects.exclude(signs=[]).filter(signs_answered_at=None)


def comparable(run: Run, *, most: int) -> Sequence[Run]:
    """Ended runs before this one whose data lies at one of the same places, the newest first.

    Without those whose signs stand unanswered, and those that lack files: they are no measure of what is usual.
    """
    places = run.copies.filter(kind=Copy.Kind.DATA).exclude(snapshot="").values("place")
    at_same = Copy.objects.filter(run=OuterRef("pk"), kind=Copy.Kind.DATA, place__in=places)
    before = Run.objects.filter(Exists(at_same.exclude(snapshot="")), began_at__lt=run.began_at)
    is_usual = Q(signs=[]) | Q(signs_answered_at__isnull=False)
    return list(before.filter(is_usual).exclude(_LACKS_FILES).exclude(state=Run.State.RUNNING)[:most])


def lacks_files(run: Run) -> bool:
    """Whether the company's own folders came whole to no place, so that its numbers tell nothing."""
    return Run.objects.filter(_LACKS_FILES, pk=run.pk).exists()


def are_folders_changed(*, since: datetime, until: datetime) -> bool:
    """Whether somebody added or removed a folder of the company's own."""
    span = (since, until)
    return Folder.objects.filter(Q(added_at__range=span) | Q(removed_at__range=span)).exists()
