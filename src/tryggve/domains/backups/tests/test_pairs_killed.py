"""Processes that are really killed while a backup is taken: the next one works, and nothing half done counts."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.program import until
from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.selectors import taken
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.pairs import turns
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.lib import folders, write_points

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
LAID_OUT = ["backups: log laid out", "backups: database copied", "backups: copy laid out"]
BROUGHT = "backups: brought, not written down"
POINTS = [*LAID_OUT, BROUGHT, BROUGHT, "backups: run about to end"]


@pytest.mark.usefixtures("near", "safe")
def test_backup_passes_every_point_in_order() -> None:
    passed: list[str] = []
    write_points.cut_with(passed.append)
    try:
        here.taken()
    finally:
        write_points.cut_with(None)
    assert [point for point in passed if point.startswith("backups:")] == POINTS


@pytest.mark.parametrize("point", dict.fromkeys(POINTS))
def test_killed_anywhere_it_is_told_and_the_next_one_works(
    near: PlaceInUse, safe: PlaceInUse, point: str
) -> None:
    (folders.current().files / "one").write_bytes(b"sealed")
    assert child.run("take", point) == -signal.SIGKILL
    cut = Run.objects.get()
    assert cut.state == Run.State.RUNNING
    assert taken.newest_whole(at=here.now()) is None or point == POINTS[-1]
    assert turns.is_free(at=here.now())
    cut.refresh_from_db()
    assert (cut.state, cut.cause) == (Run.State.FAILED, "cut-off")

    run = here.taken()
    assert (run.state, here.copies(run)) == (Run.State.DONE, {"near DATA": "", "safe KEYS": ""})
    assert taken.newest_whole(at=here.now()) == run
    assert not here.staged_folder().exists()
    assert set(Copy.objects.exclude(run=run).filter(kind="DATA").values_list("cause", flat=True)) <= {""}
    here.data_of(near).check_all_data()
    here.keys_of(safe).check_all_data()


def _restics() -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            environ = (process / "environ").read_bytes()
        except OSError:
            continue
        if (
            words[0].endswith(b"restic")
            and str(folders.current().data).encode() in b" ".join(words) + environ
        ):
            found.append(int(process.name))
    return found


def test_restic_killed_is_a_failure_of_that_place_and_the_next_one_works(
    near: PlaceInUse, safe: PlaceInUse
) -> None:
    (folders.current().files / "large").write_bytes(os.urandom(60_000_000))
    killed = threading.Event()

    def kill() -> None:
        locks = Path(near.access.location) / "tryggve-data" / "locks"
        until(lambda: [*locks.iterdir()] and _restics())
        for one in _restics():
            os.kill(one, signal.SIGKILL)
        killed.set()

    thread = threading.Thread(target=kill)
    write_points.cut_with(lambda name: thread.start() if name == LAID_OUT[-1] else None)
    try:
        run = here.taken()
    finally:
        write_points.cut_with(None)
        thread.join()
    assert killed.is_set()
    assert (run.state, run.cause) == (Run.State.FAILED, "failed")
    assert here.copies(run) == {"near DATA": "failed", "safe KEYS": ""}
    assert here.taken().state == Run.State.DONE
    here.data_of(near).free()
    here.data_of(near).check_all_data()


def test_restic_ends_with_the_process_that_started_it(near: PlaceInUse, safe: PlaceInUse) -> None:
    (folders.current().files / "large").write_bytes(os.urandom(60_000_000))
    locks = Path(near.access.location) / "tryggve-data" / "locks"
    with subprocess.Popen(child.command("take"), env=child.environment()) as process:
        until(lambda: [*locks.iterdir()])
        process.kill()
    until(lambda: not _restics())
    assert turns.is_free(at=here.now())
    assert here.taken().state == Run.State.DONE
