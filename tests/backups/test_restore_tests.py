"""Restore tests of real pairs: made by the real restic, looked through and started by the real program."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.backed_up import (
    BackedUp,
    child,
    firm_backed_up,
    flip,
    left_behind,
    of_child,
)
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access, restore_test_process
from tryggve.domains.backups.models import Folder, Place, RestoreTest
from tryggve.domains.backups.own_folders import sealed_paths
from tryggve.domains.backups.services import restore_tests
from tryggve.domains.backups.services.pairs import AlreadyAtIt, turns
from tryggve.domains.backups.services.restore_tests import evidence, scratch
from tryggve.domains.backups.tests.places_for_tests import alone_in
from tryggve.domains.customers.models import Customer
from tryggve.lib import folders, write_points
from tryggve.notices.models import OutboxMessage
from tryggve.routines import own_process

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
_PASSED, _FAILED, _UNKNOWN = "PASSED", "FAILED", "UNKNOWN"
__all__ = ["firm_backed_up"]


def test_pair_that_can_be_had_back_passes(firm_backed_up: BackedUp) -> None:
    took = iter(timezone.now() + timedelta(seconds=7 * number) for number in range(1_000))
    row = firm_backed_up.test(now=lambda: next(took))
    assert (row.state, row.cause, row.step) == (_PASSED, "", "")
    assert (row.place_id, row.run) == (firm_backed_up.near.id, firm_backed_up.run)
    counted = {name: row.found[name] for name in ("files", "customers", "made_up", "part", "parts")}
    assert counted == {"files": 1, "customers": 2, "made_up": 1, "part": 1, "parts": 8}
    assert row.found["rows"] > Customer.objects.count()
    entry = Entry.objects.get(pk=row.entry or 0)
    assert (entry.action, entry.facts["outcome"]) == ("backups.restore-tested", "passed")
    assert entry.facts["seconds"] == row.found["answered_seconds"] > 0
    assert row.checkpoint_size is not None

    again = firm_backed_up.test()
    assert (again.state, again.found["part"], again.found["made_up"]) == (_PASSED, 2, 0)


@pytest.mark.parametrize("which", ["near", "key_place"])
def test_lock_of_one_who_died_is_taken_away(firm_backed_up: BackedUp, which: str) -> None:
    repository = firm_backed_up.data if which == "near" else firm_backed_up.keys
    with alone_in(repository) as restic:
        os.kill(restic.pid, signal.SIGKILL)
        restic.wait()
        assert list(Path(repository.place.location, "locks").iterdir())
        row = firm_backed_up.test()
    assert (row.state, row.cause) == (_PASSED, "")


def test_what_is_broken_in_the_places_is_found(firm_backed_up: BackedUp) -> None:
    near, keys = Path(firm_backed_up.near.access.location), Path(firm_backed_up.key_place.access.location)
    packs = sorted(near.glob("tryggve-data/data/*/*"))
    assert packs
    for pack in packs:
        with firm_backed_up.spoiled(near):
            flip(pack)
            assert firm_backed_up.test().state == _FAILED
    with firm_backed_up.spoiled(near):
        packs[0].unlink()
        assert firm_backed_up.test().state == _FAILED
    with firm_backed_up.spoiled(near):
        for snapshot in near.glob("tryggve-data/snapshots/*"):
            snapshot.unlink()
        assert firm_backed_up.came_to() == (_FAILED, "fetch", "snapshot-missing", 0)
    with firm_backed_up.spoiled(keys):
        flip(max(keys.glob("tryggve-keys/data/*/*"), key=lambda one: one.stat().st_size))
        assert firm_backed_up.came_to()[:2] == (_FAILED, "read-all")
    assert firm_backed_up.test().state == _PASSED


def test_older_copies_are_read_when_everything_is(firm_backed_up: BackedUp) -> None:
    """What only an older copy has doesn't come back with the newest."""
    near = Path(firm_backed_up.near.access.location)
    before = set(near.glob("tryggve-data/data/*/*"))
    firm_backed_up.file.write_bytes(os.urandom(9_000_000))
    firm_backed_up.back_up()
    of_the_older = set(near.glob("tryggve-data/data/*/*")) - before
    firm_backed_up.file.unlink()
    firm_backed_up.back_up()
    flip(max(of_the_older, key=lambda one: one.stat().st_size))
    row = firm_backed_up.test(is_everything=True)
    assert (row.state, row.step, row.cause) == (_FAILED, "read-all", "damaged")


def test_wrong_password_fails_and_a_place_that_is_gone_says_nothing(
    firm_backed_up: BackedUp, karin: User
) -> None:
    place = Place.objects.get(pk=firm_backed_up.near.id)
    access = firm_backed_up.near.access
    wrong = type(access)(access.location, data_password="another", keys_password=access.keys_password)
    Place.objects.filter(pk=place.pk).update(access_sealed=place_access.sealed(wrong))
    assert firm_backed_up.came_to()[::2] == (_FAILED, "wrong-password")
    assert [one.kind for one in OutboxMessage.objects.all()] == ["backups.test-failed"]
    Place.objects.filter(pk=place.pk).update(access_sealed=place.access_sealed)
    Path(access.location).rename(Path(access.location).with_name("unplugged"))
    row = firm_backed_up.test()
    assert (row.state, row.cause) == (_UNKNOWN, "unreachable")
    assert Entry.objects.get(pk=row.entry or 0).facts["outcome"] == "unknown"


def test_keys_that_dont_belong_to_the_data_are_an_alarm_that_counts(firm_backed_up: BackedUp) -> None:
    cilla = Customer.objects.get(pk=firm_backed_up.customers[0])
    key = vault.key_id_of(bytes(cilla.details_sealed))

    def without_cillas_key(store: Path) -> None:
        with closing(sqlite3.connect(store)) as keys, keys:
            keys.execute("DELETE FROM keys WHERE id = ?", (key.bytes,))

    with firm_backed_up.keys_changed(without_cillas_key):
        assert firm_backed_up.came_to() == (_FAILED, "customers", "keys-older", 1)
    with firm_backed_up.keys_changed(lambda store: os.truncate(store, store.stat().st_size // 2)):
        assert firm_backed_up.came_to()[:3] == (_FAILED, "read-all", "keys-damaged")
    held = Path(firm_backed_up.key_place.access.location) / "tryggve-keys"
    shutil.rmtree(held)
    assert firm_backed_up.came_to() == (_FAILED, "read-all", "keys-lost", 3)


def test_while_the_register_is_locked_all_else_is_tested(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file = folders.current().key_file
    aside = key_file.with_name("aside")
    key_file.rename(aside)
    vault.forget()
    try:
        row = firm_backed_up.test()
    finally:
        aside.rename(key_file)
        vault.forget()
    assert (row.state, row.cause, "customers" in row.found) == (_UNKNOWN, "locked", False)
    assert row.found["answered_seconds"] >= 0


def test_without_room_in_memory_nothing_is_restored(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "MEMORY", firm_backed_up.home)
    assert firm_backed_up.came_to()[::2] == (_UNKNOWN, "no-private-memory")
    monkeypatch.undo()
    monkeypatch.setattr(scratch, "free_bytes", lambda _folder: 1_000_000)
    assert firm_backed_up.came_to()[::2] == (_UNKNOWN, "no-private-memory")
    monkeypatch.undo()
    # There is room in /dev/shm, and what is written there would be moved to a disk.
    monkeypatch.setattr(scratch, "memory_bytes", lambda: 260 * 1024**2)
    assert firm_backed_up.came_to()[::2] == (_UNKNOWN, "memory")
    monkeypatch.setattr(scratch, "memory_bytes", lambda: 1024**3)
    monkeypatch.setattr(scratch, "free_bytes", lambda at: 32 * 1024**2 if at == scratch.MEMORY else 0)
    firm_backed_up.file.write_bytes(os.urandom(20_000_000))
    firm_backed_up.back_up()
    assert firm_backed_up.came_to()[::2] == (_UNKNOWN, "full-here")


def test_nothing_of_restics_takes_memory_from_the_copy(firm_backed_up: BackedUp) -> None:
    seen: set[Path] = set()

    def look(name: str) -> None:
        if name == "restore test: read-all":
            seen.update(one.parent for home in left_behind() for one in home.glob("cache"))

    write_points.cut_with(look)
    try:
        firm_backed_up.test()
    finally:
        write_points.cut_with(None)
    assert {one.parent for one in seen} == {folders.current().run}


def test_sealed_files_go_to_the_disk_where_memory_is_small(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm_backed_up.file.write_bytes(os.urandom(60_000_000))
    firm_backed_up.back_up()
    whole = shutil.disk_usage
    monkeypatch.setattr(
        scratch, "free_bytes", lambda folder: 50_000_000 if folder == scratch.MEMORY else whole(folder).free
    )
    row = firm_backed_up.test()
    assert (row.state, row.found["files"]) == (_PASSED, 1)


_PROGRAM = """
import django, os, signal, sys; django.setup()
from django.utils import timezone
from tryggve.lib import write_points
from tryggve.domains.backups.services import restore_tests
def reached(name):
    if name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
write_points.cut_with(reached)
restore_tests.make(now=timezone.now)
"""


@pytest.mark.parametrize(
    "point", ["restore test: fetch", "restore test: log", "restore test: written, not signed"]
)
def test_test_that_is_killed_leaves_nothing_and_the_next_works(firm_backed_up: BackedUp, point: str) -> None:
    assert child(_PROGRAM, point).wait(timeout=120) == -signal.SIGKILL
    is_written = "written" in point
    assert bool(left_behind()) != is_written
    if not is_written:
        [killed] = RestoreTest.objects.all()
        assert (killed.state, restore_tests.is_free(at=timezone.now())) == ("RUNNING", True)
        killed.refresh_from_db()
        assert (killed.state, killed.cause, left_behind()) == (_UNKNOWN, "cut-off", [])
    else:
        [killed] = RestoreTest.objects.all()
        assert (killed.state, killed.checkpoint_size) == (_PASSED, None)
        assert restore_tests.is_free(at=timezone.now())
        entry = evidence.newest_conclusive()
        assert entry is not None
        assert evidence.founded(entry) == killed
    row = firm_backed_up.test()
    assert row.state == _PASSED


def test_own_folders_are_read_as_they_stream_by_and_written_nowhere(
    firm_backed_up: BackedUp, tmp_path: Path
) -> None:
    own = tmp_path / "bookkeeping"
    own.mkdir()
    for number in range(3):
        (own / f"{number}.pdf").write_bytes(b"%PDF plain words of a customer" + os.urandom(300_000))
    Folder.objects.create(path_sealed=sealed_paths.sealed(own), added_at=timezone.now())
    firm_backed_up.back_up()
    seen: set[str] = set()

    def look(name: str) -> None:
        seen.update(path.name for home in left_behind() for path in home.rglob("*") if path.is_file())

    write_points.cut_with(look)
    try:
        row = firm_backed_up.test()
    finally:
        write_points.cut_with(None)
    assert (row.state, row.found["own_files"]) == (_PASSED, 3)
    assert row.found["own_bytes"] > 900_000
    assert ("tryggve.sqlite3" in seen or "database.pgdump" in seen, "0.pdf" in seen) == (True, False)


def test_no_backup_is_taken_meanwhile(firm_backed_up: BackedUp) -> None:
    with turns.held(), pytest.raises(AlreadyAtIt):
        firm_backed_up.test()


def test_one_that_was_asked_for_is_made_by_a_process_of_its_own(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = restore_tests.ask(actor="machine:anna", at=timezone.now())
    for name, value in of_child().items():
        monkeypatch.setenv(name, value)
    process = own_process.begin(restore_test_process._PROGRAM)
    process.wait(timeout=120)
    own_process.end(process)
    asked.refresh_from_db()
    assert (asked.state, asked.is_asked, RestoreTest.objects.count()) == (_PASSED, True, 1)
