"""A register whose made-up people are backed up, read back and erased, and what is then proven of them."""

import io
import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tryggve.audit.models import Entry
from tryggve.domains.backups.database_copies import postgresql_copies, sqlite_copies
from tryggve.domains.backups.models import Copy, Run, Shredding
from tryggve.domains.backups.restic import running
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.selectors.shredding import state_of_proof
from tryggve.domains.backups.services import shredding
from tryggve.domains.backups.services.pairs import carrying, keys
from tryggve.domains.backups.services.shredding import ReadBack
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.customers.models import Customer
from tryggve.lib import folders
from tryggve.vault.key_copies import KeyCopy

DAY = timedelta(days=1)


@pytest.fixture
def near(tmp_path: Path, transactional_db: None) -> PlaceInUse:
    return folder_place(tmp_path / "near", at=timezone.now(), holds_data=True)


@pytest.fixture
def key_place(tmp_path: Path, transactional_db: None) -> PlaceInUse:
    return folder_place(tmp_path / "keys", at=timezone.now(), holds_keys=True)


class Proof:
    """One register with a place for data and one for keys."""

    def __init__(self, near: PlaceInUse, key_place: PlaceInUse, home: Path) -> None:
        self.near, self.key_place = near, key_place
        self._home, self._scratch = home, home / "scratch"
        self._scratch.mkdir(parents=True)
        data, of_keys = near.data, key_place.keys
        assert data is not None
        assert of_keys is not None
        self.data, self.keys = data, of_keys

    def backed_up(self) -> Run:
        """As a run does, without all that belongs to none of this."""
        shredding.ensure_standing(timezone.now())
        run = Run.objects.create(why=Run.Why.ASKED, state=Run.State.DONE, began_at=timezone.now())
        folder = self._home / run.pk.hex
        (folder / "backups" / "copy").mkdir(parents=True)
        _copy_database(folder / "backups" / "copy")
        for place in places.in_use():
            if place.data is not None:
                snapshot = place.data.backup(
                    [Path()], folder=folder, tags=["data", f"pair={run.pk.hex}"]
                ).snapshot
                told = {"kind": Copy.Kind.DATA, "snapshot": snapshot, "at": timezone.now()}
                Copy.objects.create(run=run, place_id=place.id, **told)
        shredding.note_backed_up(run)
        self.bring_keys(key_store(), at=timezone.now())
        return run

    def read_back(self, run: Run, at: datetime, *, store: bytes = b"") -> ReadBack:
        """From what was copied, with a copy of the keys: of now, unless another is given."""
        with KeyCopy(store or key_store()) as copied:
            return shredding.read_back(run, self._home / run.pk.hex, copied, at)

    def read_back_from_places(self, run: Run, at: datetime) -> ReadBack:
        """As a restore test does."""
        to = self._home / "restored"
        self.data.restore(Copy.objects.get(run=run, place=self.near.id, kind=Copy.Kind.DATA).snapshot, to=to)
        held = keys.parts(self.keys.dump(self.keys.snapshots()[-1].id, f"/{keys.NAME}"))
        with KeyCopy(held[keys.STORE]) as copied:
            return shredding.read_back(run, to, copied, at)

    def erased(self, at: datetime) -> Shredding:
        """Somebody who was backed up, read back and erased."""
        run = self.backed_up()
        assert self.read_back(run, at) is ReadBack.READ
        shredding.erase_read_back(at)
        return Shredding.objects.get(erased_at__isnull=False, proven_at=None, lost_at=None)

    def judged(self, at: datetime) -> object:
        """What a trial at that time comes to."""
        shredding.prove(at, self._scratch)
        assert list(self._scratch.iterdir()) == []
        return state_of_proof(at)

    def key_copies(self) -> list[str]:
        return [one.id for one in self.keys.snapshots()]

    def forget_keys(self, *but: str) -> None:
        self.keys.forget([one for one in self.key_copies() if not one.startswith(tuple(but))], unused="0")

    def keep_todays_keys_alone(self) -> None:
        """As it comes to in two weeks."""
        self.forget_keys()
        self.bring_keys(key_store(), at=timezone.now())

    def bring_keys(self, store: bytes, *, at: datetime) -> str:
        """A copy comes there that says it was taken then."""
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w:") as out:
            about = tarfile.TarInfo(keys.STORE)
            about.size = len(store)
            out.addfile(about, io.BytesIO(store))
        words = ["backup", "--stdin", "--stdin-filename", keys.NAME, "--time", f"{at:%Y-%m-%d %H:%M:%S}"]
        with carrying.stream_of(tar.getvalue()) as stream:
            told = running.run(
                words,
                place=self.keys.place,
                password=self.keys.password,
                cache=self.keys.cache,
                seconds=60,
                given=stream,
            )
        return str(told[-1]["snapshot_id"])


@pytest.fixture
def proof(near: PlaceInUse, key_place: PlaceInUse, tmp_path: Path) -> Proof:
    return Proof(near, key_place, tmp_path / "home")


def _copy_database(to: Path) -> None:
    if connection.vendor == "sqlite":
        source = Path(str(connection.settings_dict["NAME"]))
        sqlite_copies.copy(source, to / "tryggve.sqlite3", seconds=60)
        return
    with transaction.atomic(durable=True):
        postgresql_copies.stand_still()
        postgresql_copies.dump(to / "database.pgdump", seconds=60)


def key_store() -> bytes:
    return sqlite_copies.serialized(folders.current().keys)


def made_up() -> list[UUID]:
    return list(Customer.objects.filter(state=Customer.State.STAND_IN).values_list("pk", flat=True))


def logged() -> list[str]:
    mine = ("backups.stand-in-added", "backups.stand-in-erased", "backups.shredding-")
    return [
        one for one in Entry.objects.order_by("pk").values_list("action", flat=True) if one.startswith(mine)
    ]
