from contextlib import suppress
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.backups import processes, restore_test_process
from tryggve.domains.backups.services import awake, heartbeats, restore_tests, watching
from tryggve.domains.backups.services.pairs import schedule, turns
from tryggve.domains.backups.services.places import standing
from tryggve.routines.registry import routine


@routine(
    "backups.look-at-folders",
    title=_("Look for new files in the folders where other backups leave them"),
    every=timedelta(hours=1),
)
def look_at_folders(now: datetime) -> None:
    heartbeats.look_at_folders(at=now)


@routine(
    "backups.tell-silence",
    title=_("Mail an alarm when no backup comes"),
    every=timedelta(hours=1),
)
def tell_silence(now: datetime) -> None:
    watching.tell_silence(at=now)


@routine(
    "backups.take",
    title=_("Take the backups that are due or that somebody asked for"),
    every=timedelta(minutes=1),
    at_start=True,
)
def take(now: datetime) -> None:
    """In a process of its own: nothing waits for a backup."""
    awake.note(at=now)
    if turns.is_free(at=now) and schedule.next_due(at=now) is not None:
        processes.start()


@routine(
    "backups.look-for-disks",
    title=_("Look whether disks for backups that are to be carried away are here"),
    every=timedelta(minutes=15),
)
def look_for_disks(now: datetime) -> None:
    with suppress(vault.Locked):
        standing.look_for_disks(at=now)


@routine(
    "backups.restore-test",
    title=_("Restore the newest backup beside the real data, to test it"),
    every=timedelta(minutes=1),
)
def restore_test(now: datetime) -> None:
    """In a process of its own, while no backup is taken."""
    if restore_tests.is_free(at=now) and restore_tests.is_due(at=now):
        restore_test_process.start()
