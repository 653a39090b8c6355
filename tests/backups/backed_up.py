"""A register with two customers, a place for data and one for keys, and a real pair in them."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import CILLA, DAN
from tryggve.audit import sequencer
from tryggve.domains.backups.models import Copy, RestoreTest, Run
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs, restore_tests
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.services.restore_tests import scratch
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.setup.models import Firm
from tryggve.lib import folders

MANIFEST = Path("backups/copy/manifest.json")
DATABASE = Path("backups/copy/tryggve.sqlite3")
Clock = Callable[[], datetime]


@pytest.fixture
def firm_backed_up(firm: Firm, tmp_path: Path) -> Iterator["BackedUp"]:
    here.clear()
    yield BackedUp(tmp_path)
    here.clear()


class BackedUp:
    """``customers`` are Cilla and Dan; a sealed file lies beside them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        at = timezone.now()
        self.near: PlaceInUse = folder_place(home / "near", at=at, holds_data=True)
        self.key_place: PlaceInUse = folder_place(home / "keys", at=at, holds_keys=True)
        self.customers: list[UUID] = add(CILLA, DAN)
        self.file = folders.current().files / "of-cilla"
        self.file.write_bytes(os.urandom(40_000))
        sequencer.sequence(now=at)
        self.run = self.back_up()

    @property
    def data(self) -> Repository:
        assert self.near.data is not None
        return self.near.data

    @property
    def keys(self) -> Repository:
        assert self.key_place.keys is not None
        return self.key_place.keys

    def back_up(self) -> Run:
        run = pairs.take(why=Run.Why.ASKED, now=timezone.now)
        assert (run.state, run.cause) == (Run.State.DONE, "")
        return run

    def test(self, *, now: Clock = timezone.now, is_everything: bool = False) -> RestoreTest:
        """A restore test, after which nothing is left of it."""
        row = restore_tests.make(now=now, is_everything=is_everything)
        assert left_behind() == []
        return row

    def came_to(self) -> tuple[str, str, str, int]:
        """What a restore test came to: outcome, step, cause, and of how much."""
        row = self.test()
        return row.state, row.step, row.cause, row.found.get("lost", 0)

    @contextmanager
    def spoiled(self, folder: Path) -> Iterator[Path]:
        """A place that may be spoiled, and is as it was afterwards."""
        aside = self.home / "aside"
        shutil.copytree(folder, aside)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)

    @contextmanager
    def data_changed(self, edit: Callable[[Path], None]) -> Iterator[None]:
        """A whole and well kept copy of something else: what was restored, changed, and brought to the place again."""
        to, before = self.home / "changed", self._data_copy().snapshot
        self.data.restore(before, to=to)
        try:
            edit(to)
            tags = ["data", f"pair={self.run.pk.hex}"]
            added = self.data.backup([Path()], folder=to, tags=tags)
            Copy.objects.filter(pk=self._data_copy().pk).update(snapshot=added.snapshot)
            yield
        finally:
            Copy.objects.filter(pk=self._data_copy().pk).update(snapshot=before)
            shutil.rmtree(to)

    @contextmanager
    def keys_changed(self, edit: Callable[[Path], None]) -> Iterator[None]:
        """A newer copy of the keys, in which the key store was changed."""
        newest = self.keys.snapshots()[-1]
        parts = _parts(self.keys.dump(newest.id, "/keys.tar"))
        store = self.home / "keys.sqlite3"
        store.write_bytes(parts["keys.sqlite3"])
        try:
            edit(store)
            content = _tar({**parts, "keys.sqlite3": store.read_bytes()})
            with carrying.stream_of(content) as stream:
                added = self.keys.backup_stream(stream, name="keys.tar", tags=newest.tags)
            yield
            self.keys.forget([added.snapshot])
        finally:
            store.unlink()

    def _data_copy(self) -> Copy:
        return Copy.objects.get(run=self.run, kind=Copy.Kind.DATA)


def left_behind() -> list[Path]:
    """Scratch of tests of this register."""
    return [*scratch._ours_in(scratch.MEMORY), *scratch._ours_in(folders.current().run)]


def in_manifest(**changed: Any) -> Callable[[Path], None]:
    """Have the copy say something else of itself."""

    def edit(copy: Path) -> None:
        told = json.loads((copy / MANIFEST).read_text())
        (copy / MANIFEST).write_text(json.dumps(told | changed))

    return edit


def manifest_in(copy: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((copy / MANIFEST).read_text())
    return told


def flip(path: Path) -> None:
    """One bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def child(program: str, *words: str) -> subprocess.Popen[bytes]:
    """A process of its own, on the database that the tests run on."""
    return subprocess.Popen([sys.executable, "-c", program, *words], env=os.environ | of_child())


def of_child() -> dict[str, str]:
    """What tells a process of that database."""
    settings = connection.settings_dict
    database = {name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    return {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.customers.tests.child_settings",
        "CHILD_DATABASE": json.dumps(database | {"NAME": str(settings["NAME"])}),
    }


def _parts(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return {one.name: held.read() for one in tar if (held := tar.extractfile(one))}


def _tar(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        for name, content in parts.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return held.getvalue()
