"""Pairs of backups, taken by the real program to real places: what lies there, and what is written down."""

import hashlib
import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests import ground
from tryggve import vault
from tryggve.audit import checkpoints
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.domains.backups import actions, place_access
from tryggve.domains.backups.database_copies import copy_looking
from tryggve.domains.backups.engine import manifest
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import keys, turns
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import far, near, safe, tidy
from tryggve.lib import folders
from tryggve.vault.key_copies import KeyCopy

__all__ = ["far", "near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def _restored(place: PlaceInUse, folder: Path) -> Path:
    repository = here.data_of(place)
    repository.restore(repository.snapshots()[-1].id, to=folder)
    return folder


def test_pair_lies_in_its_places_as_it_was_laid_out(
    near: PlaceInUse, far: PlaceInUse, safe: PlaceInUse, tmp_path: Path
) -> None:
    files = folders.current().files
    (files / "documents").mkdir()
    (files / "documents" / "one").write_bytes(b"sealed")
    (files / "incoming").mkdir(exist_ok=True)
    (files / "incoming" / "two").write_bytes(b"on its way")
    (files / "documents" / "three.new").write_bytes(b"unfinished")
    run = here.taken()

    assert (run.state, run.cause) == (Run.State.DONE, "")
    assert here.copies(run) == {"near DATA": "", "far DATA": "", "safe KEYS": ""}
    for place in (near, far):
        back = _restored(place, tmp_path / "back" / place.title)
        told = manifest.read((back / "backups" / "copy" / "manifest.json").read_bytes())
        assert (told.pair, told.vendor) == (run.pk, connection.vendor)
        assert told.counts["backups_place"] == 3
        [one] = told.files
        assert (one.name, one.size) == ("documents/one", 6)
        assert one.sha256 == hashlib.sha256((back / "files" / one.name).read_bytes()).hexdigest()
        names = {path.name for path in (back / "files").rglob("*")}
        assert names == {"documents", "one"}
        assert (back / "id").read_bytes() == (folders.current().data / "id").read_bytes()
        [snapshot] = here.data_of(place).snapshots()
        assert snapshot.tags == {"data", f"pair={run.pk.hex}", "why=ASKED", "home=0"}
        assert Copy.objects.get(run=run, place=place.id).snapshot == snapshot.id
    assert not here.staged_folder().exists()
    assert stat.S_IMODE((folders.current().data / "backups").stat().st_mode) == 0o700


def test_keys_tell_which_data_they_belong_to_and_how_the_ledger_and_the_log_stand(
    near: PlaceInUse, safe: PlaceInUse
) -> None:
    audit.record(actions.PLACE_ADDED, actor="system", at=here.now(), place="first", kind="folder")
    signed = checkpoints.sign(now=here.now())
    run = here.taken()
    parts = here.key_parts(safe)
    assert list(parts) == [keys.PAIR, keys.PLACES, keys.STORE]
    told = json.loads(parts[keys.PAIR])
    assert (told["pair"], told["keys_missing"]) == (str(run.pk), 0)
    assert told["data"] == {str(near.id): here.data_of(near).snapshots()[0].id}
    assert told["checkpoint"] == signed.note.decode()
    with KeyCopy(parts[keys.STORE]) as copy:
        assert copy.is_whole()
        assert told["ledger"] == str(copy.ledger_state()) == str(vault.ledger_state())

    places = json.loads(vault.open_for_service(keys.PLACES_PURPOSE, parts[keys.PLACES]))
    assert {one["title"]: one["access"]["location"] for one in places} == {
        "near": near.access.location,
        "safe": safe.access.location,
    }
    assert place_access.Access(**places[0]["access"]).data_password == near.access.data_password
    assert near.access.data_password.encode() not in parts[keys.PLACES]


def test_what_was_done_stands_in_the_log_in_codes_and_counts(near: PlaceInUse, safe: PlaceInUse) -> None:
    run = here.taken()
    entry = Entry.objects.get(action="backups.pair-taken")
    assert entry.facts == {"run": str(run.pk), "why": "asked", "data": 1, "keys": 1}
    row = Place.objects.get(pk=near.id)
    assert (row.trouble, row.seen_at is not None) == ("", True)


@pytest.mark.skipif(ground.on_postgresql(), reason="an SQLite file is what is opened here")
def test_copy_of_the_database_is_whole_and_holds_what_was_there(
    near: PlaceInUse, safe: PlaceInUse, tmp_path: Path
) -> None:
    here.taken()
    back = _restored(near, tmp_path / "back")
    with closing(sqlite3.connect(back / "backups" / "copy" / "tryggve.sqlite3")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM backups_place").fetchone() == (2,)
    assert list((back / "backups" / "copy").glob("tryggve.sqlite3-*")) == []


@pytest.mark.skipif(ground.on_postgresql(), reason="an SQLite file is what is looked at here")
def test_log_in_the_copy_is_verified_though_the_log_has_grown_meanwhile(
    near: PlaceInUse, safe: PlaceInUse, tmp_path: Path
) -> None:
    for number in range(3):
        audit.record(actions.PLACE_ADDED, actor="system", at=here.now(), place=f"n{number}", kind="folder")
        checkpoints.sign(now=here.now())
    here.taken()
    checkpoints.sign(now=here.now())
    back = _restored(near, tmp_path / "back")
    (back / "backups" / "copy" / "tryggve.sqlite3").rename(back / "tryggve.sqlite3")
    looked = copy_looking.look(back, thoroughly=True, log_at=here.now())
    assert (looked.is_whole, looked.log_fault, looked.log_size > 3) == (True, "", True)
    told = manifest.read((back / "backups" / "copy" / "manifest.json").read_bytes())
    assert (looked.counts, tuple(looked.migrations)) == (told.counts, told.migrations)
    assert told.audit is not None
    assert told.audit.size == looked.log_size

    tile = next(path for path in (back / "audit").rglob("entries/*/*") if path.is_file())
    tile.chmod(0o600)
    tile.write_bytes(tile.read_bytes()[:-1] + b"x")
    assert copy_looking.look(back, log_at=here.now()).log_fault != ""


def test_second_pair_adds_only_what_changed(near: PlaceInUse, safe: PlaceInUse) -> None:
    (folders.current().files / "large").write_bytes(bytes(range(256)) * 40_000)
    first = here.taken()
    (folders.current().files / "small").write_bytes(b"sealed")
    second = here.taken()
    assert (first.files + 1, first.bytes_added > second.bytes_added) == (second.files, True)
    assert second.changed_files < 8


@pytest.mark.usefixtures("tidy")
def test_its_size_is_that_of_one_copy_however_many_places_it_came_to(
    near: PlaceInUse, far: PlaceInUse, safe: PlaceInUse
) -> None:
    (folders.current().files / "large").write_bytes(os.urandom(9_000_000))
    assert 9_000_000 < here.taken().bytes_in_all < 18_000_000


def test_without_places_it_fails_and_says_which_are_missing() -> None:
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "no-data-place")
    with pytest.raises(pairs.NowhereToGo):
        pairs.ask("system", here.now())


def test_without_a_key_place_it_fails_though_the_data_is_brought(near: PlaceInUse) -> None:
    run = here.taken()
    assert (run.state, run.cause, here.copies(run)) == (Run.State.FAILED, "no-key-place", {"near DATA": ""})


def test_without_a_data_place_it_fails_though_the_keys_are_brought(safe: PlaceInUse) -> None:
    run = here.taken()
    assert (run.state, run.cause, here.copies(run)) == (Run.State.FAILED, "no-data-place", {"safe KEYS": ""})


def test_key_copies_are_three_at_most_and_what_went_is_written_down(
    near: PlaceInUse, safe: PlaceInUse
) -> None:
    for _number in range(5):
        assert here.taken().state == Run.State.DONE
    there = [one.id for one in here.keys_of(safe).snapshots()]
    rows = Copy.objects.filter(kind=Copy.Kind.KEYS).order_by("at")
    assert [row.snapshot for row in rows][2:] == there
    assert [row.forgotten_at is None for row in rows] == [False, False, True, True, True]
    assert len(here.data_of(near).snapshots()) == 5


def test_keys_of_a_clock_that_ran_ahead_are_let_go_of(
    near: PlaceInUse, safe: PlaceInUse, tmp_path: Path
) -> None:
    (tmp_path / "ahead").write_bytes(b"keys")
    words = ["--time", "2099-01-01 00:00:00", "--tag", "keys", str(tmp_path / "ahead")]
    here.keys_of(safe)._run(["backup", *words])
    run = here.taken()
    assert [one.id for one in here.keys_of(safe).snapshots()] == [
        Copy.objects.get(run=run, kind="KEYS").snapshot
    ]


@pytest.mark.parametrize(("keeps_old", "stay"), [(False, 1), (True, 3), (None, 3)])
def test_old_data_goes_only_where_it_can_be_deleted(
    near: PlaceInUse, safe: PlaceInUse, keeps_old: bool | None, stay: int
) -> None:
    Place.objects.filter(pk=near.id).update(keeps_old=keeps_old)
    for _number in range(3):
        assert here.taken().state == Run.State.DONE
    there = {one.id for one in here.data_of(near).snapshots(tags=["data"])}
    rows = Copy.objects.filter(kind=Copy.Kind.DATA, forgotten_at=None)
    assert (len(there), {row.snapshot for row in rows}) == (stay, there)


def test_what_is_asked_for_twice_is_taken_once(near: PlaceInUse, safe: PlaceInUse) -> None:
    at = timezone.now()
    first, second = pairs.ask("system", at), pairs.ask("system", at + timedelta(seconds=9))
    assert (first, first.state) == (second, Run.State.WAITING)
    run = here.taken()
    assert (run.pk, run.state) == (first.pk, Run.State.DONE)
    assert turns.next_waiting() is None


def test_two_at_once_is_refused(near: PlaceInUse, safe: PlaceInUse) -> None:
    with turns.held(), pytest.raises(pairs.AlreadyAtIt):
        here.taken()
    assert Run.objects.count() == 0


def test_pair_is_taken_while_the_register_is_locked(
    near: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = folders.current().key_file
    vault.forget()
    key.rename(key.with_name("away"))
    try:
        with pytest.raises(vault.Locked):
            vault.keyring().create_keys([safe.id])
        assert here.taken().state == Run.State.DONE
    finally:
        key.with_name("away").rename(key)
        vault.forget()
