"""Places and disks that fail: each is told by its cause, holds up no other, and the run counts as failed."""

import os
import shutil
import signal
import socket
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from tests import ground
from tests.program import free_port
from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access
from tryggve.domains.backups.database_copies import sqlite_copies
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.here import far, near, safe, tidy
from tryggve.domains.backups.tests.places_for_tests import alone_in, with_access
from tryggve.lib import folders

__all__ = ["far", "near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def test_place_that_fails_holds_up_no_other_and_the_keys_still_come(
    near: PlaceInUse, far: PlaceInUse, safe: PlaceInUse
) -> None:
    with_access(near, data_password="another")
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "wrong-password")
    assert here.copies(run) == {"near DATA": "wrong-password", "far DATA": "", "safe KEYS": ""}
    assert Place.objects.get(pk=near.id).trouble == "wrong-password"
    entry = Entry.objects.get(action="backups.pair-failed")
    assert entry.facts == {
        "run": str(run.pk), "why": "asked", "data": 1, "keys": 1, "cause": "wrong-password", "missing": 0,
    }  # fmt: skip


def test_key_place_that_fails_makes_the_run_fail(near: PlaceInUse, safe: PlaceInUse) -> None:
    shutil.rmtree(Path(safe.access.location) / "tryggve-keys")
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "no-repository")
    assert here.copies(run) == {"near DATA": "", "safe KEYS": "no-repository"}


def test_place_that_is_away_or_answers_nothing_is_unreachable(
    near: PlaceInUse, far: PlaceInUse, safe: PlaceInUse
) -> None:
    shutil.rmtree(near.access.location)
    Place.objects.filter(pk=far.id).update(kind=Place.Kind.SFTP)
    with_access(far, location=f"sftp://nobody@127.0.0.1:{free_port()}//there")
    run = here.taken()
    assert here.copies(run) == {"near DATA": "unreachable", "far DATA": "unreachable", "safe KEYS": ""}


@pytest.mark.parametrize("which", ["near", "safe"])
def test_lock_of_a_dead_process_is_freed(near: PlaceInUse, safe: PlaceInUse, which: str) -> None:
    repository = here.data_of(near) if which == "near" else here.keys_of(safe)
    with alone_in(repository) as restic:
        os.kill(restic.pid, signal.SIGKILL)
        restic.wait()
        assert list(Path(repository.place.location, "locks").iterdir())
        run = here.taken()
    assert (run.state, run.cause) == (Run.State.DONE, "")


def test_place_that_never_answers_holds_up_no_other(
    near: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Place.objects.filter(pk=near.id).update(kind=Place.Kind.REST)
        with_access(near, location=f"rest:http://127.0.0.1:{server.getsockname()[1]}/")
        monkeypatch.setattr(place_access, "Repository", partial(Repository, patience=3.0))
        run = here.taken()
    assert here.copies(run) == {"near DATA": "took-too-long", "safe KEYS": ""}


def test_lock_of_a_living_process_stays_and_the_place_fails(near: PlaceInUse, safe: PlaceInUse) -> None:
    with alone_in(here.keys_of(safe)) as restic:
        run = here.taken()
        assert restic.poll() is None
    assert (run.cause, here.copies(run)) == ("locked", {"near DATA": "", "safe KEYS": "locked"})


def test_full_disk_of_a_place_is_told(near: PlaceInUse, safe: PlaceInUse) -> None:
    (folders.current().files / "large").write_bytes(os.urandom(9_000_000))
    assert child.run("take", within=_small_disk(near, "rw")) == 0
    run = Run.objects.get()
    assert (run.cause, here.copies(run)) == ("full", {"near DATA": "full", "safe KEYS": ""})
    (folders.current().files / "large").unlink()
    assert here.taken().state == Run.State.DONE


def test_read_only_place_is_told(near: PlaceInUse, safe: PlaceInUse) -> None:
    assert child.run("take", within=_small_disk(near, "ro")) == 0
    run = Run.objects.get()
    assert here.copies(run) == {"near DATA": "unreachable", "safe KEYS": ""}


def test_full_disk_here_is_told_and_leaves_nothing(near: PlaceInUse, safe: PlaceInUse) -> None:
    (folders.current().files / "large").write_bytes(os.urandom(9_000_000))
    folder = here.staged_folder().parent
    mount = f"mount -t tmpfs -o size=4m none {folder}"
    words = ["unshare", "-rm", "sh", "-c", f'{mount} && "$@" && test ! -e {here.staged_folder()}', "sh"]
    assert child.run("take", within=words) == 0
    run = Run.objects.get()
    assert (run.cause, here.copies(run)) == ("full-here", {"safe KEYS": ""})


@pytest.mark.skipif(ground.on_postgresql(), reason="it is an SQLite file that is damaged here")
def test_damaged_database_is_not_taken_for_a_backup(
    near: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sqlite3"
    sqlite_copies.copy(Path(str(connection.settings_dict["NAME"])), broken, seconds=60)
    content = bytearray(broken.read_bytes())
    content[8192:12288] = os.urandom(4096)
    broken.write_bytes(content)
    monkeypatch.setitem(connection.settings_dict, "NAME", broken)
    run = here.taken()
    assert (run.cause, here.copies(run)) == ("copy-damaged", {"safe KEYS": ""})


def test_broken_key_store_is_told(
    near: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = folders.current().keys
    whole = store.read_bytes()
    store.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    try:
        run = here.taken()
    finally:
        store.write_bytes(whole)
    assert (run.cause, here.copies(run)) == ("keys-unreadable", {"near DATA": ""})


def _small_disk(place: PlaceInUse, options: str) -> list[str]:
    """What starts a program that sees the place as it is, on a disk of its own that is smaller or can't be written."""
    folder, kept = place.access.location, f"{place.access.location}-kept"
    shutil.copytree(folder, kept)
    fill = f"cp -a {kept}/. {folder}/ && mount -o remount,bind,{options} {folder}"
    mount = f"mount -t tmpfs -o size=4m none {folder} && {fill}"
    return ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$@"', "sh"]


@pytest.mark.both_databases
@pytest.mark.skipif(not ground.on_postgresql(), reason="SQLite needs no other program")
def test_without_pg_dump_it_says_so(
    near: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    restic = shutil.which("restic")
    assert restic is not None
    (tmp_path / "restic").symlink_to(restic)
    monkeypatch.setenv("PATH", str(tmp_path))
    run = here.taken()
    assert (run.cause, here.copies(run)) == ("no-pg-dump", {"safe KEYS": ""})
