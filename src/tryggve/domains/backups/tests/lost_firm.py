"""A firm with customers, places for backups and a recovery kit, whose computer is then lost."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.program import Program

_SECONDS = 300
CUSTOMERS = 1000
_NAMED = ["Cilla Karlsson;cilla@example.se", "Dan Dahl;dan@example.dk", "Erasa Gone;erasa@example.se"]
_OTHERS = [f"Number {number};number{number}@example.se" for number in range(len(_NAMED), CUSTOMERS)]
_LIST = "\n".join(["name;email", *_NAMED, *_OTHERS]).encode()
BEGIN = """
import json, os
os.umask(0o077)
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from pathlib import Path
from datetime import UTC, datetime
now = datetime.now(UTC)
"""
_FURNISH = """
from tryggve import vault
from tryggve.domains.backups import place_access, place_marks
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.services.places import passwords
from tryggve.domains.backups.tests import cheap_repositories
from tryggve.vault import custody, recovery

number = custody.make_kit(by="machine:test", now=now)
shares = []
for share in (1, 2, 3):
    shares.append(" ".join(custody.sheet(number=number, share=share, by="machine:test").words))
    custody.put_sheet_away(number=number, share=share, by="machine:test")
custody.test_kit(shares[:2], by="machine:test", now=now)
Path({shares!r}).write_text(json.dumps(shares))
for folder, title, far in (({near!r}, "Disk in the office", False), ({far!r}, "Far place", True)):
    access = Access(folder, data_password="data " + title, keys_password="keys " + title)
    row = Place.objects.create(
        kind="FOLDER", title=title, holds_data=True, holds_keys=not far, is_elsewhere=far, added_at=now,
        access_sealed=place_access.sealed(access), country="SE",
    )
    place_marks.write(Path(folder), row.pk)
    cheap_repositories.make(Path(access.data().place.location), access.data_password)
    if not far:
        kits = dict((passwords._label(one), one) for one in recovery.backup_passwords())
        cheap_repositories.make(Path(access.keys().place.location), access.keys_password, others=kits)
"""
_CUT = """
import os
from tryggve.lib import write_points

def _cut(name):
    if name == {point!r}:
        os.kill(os.getpid(), 9)

write_points.cut_with(_cut)
"""
_ERASE = """
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.backups.services import pairs
erased = next(one for one in customers.first_customers(2000) if "Erasa" in customers.person(one).name)
customers.destroy(
    customer=erased, actor="machine:test", at=now, deed=actions.ERASED, settle=lambda counts: None
)
from tryggve.audit import checkpoints
checkpoints.sign(now=now)
pairs.take_keys_alone(now=lambda: datetime.now(UTC))
"""


class LostFirm:
    """``folder`` holds its two places, and what was printed: ``shares``."""

    def __init__(self, *, database_url: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tryggve-places-"))
        self.near, self.far = self.folder / "near", self.folder / "far"
        self.near.mkdir()
        self.far.mkdir()
        for path in (self.folder, self.near, self.far) if os.getuid() == 0 else ():
            os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
        self.program = Program(database_url=database_url)
        done = self.program.run("customers", "import", "-", given=_LIST)
        assert (done.returncode, done.stderr) == (0, b"")
        paper = self.folder / "paper"
        self.python(_FURNISH.format(shares=str(paper), near=str(self.near), far=str(self.far)))
        self.shares: list[str] = json.loads(paper.read_text())
        paper.unlink()

    def python(self, source: str) -> None:
        """A piece of Python on its database."""
        self.program.run_python(BEGIN + source)

    def back_up(self) -> dict[str, Any]:
        """By the command, as a person would."""
        done = run(self.program, "backup", "run", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def erase_one(self) -> None:
        """After that backup: the newest copy of the keys knows of it."""
        self.python(_ERASE)

    def lose(self) -> None:
        """Data and keys are gone."""
        shutil.rmtree(self.program.data)
        shutil.rmtree(self.program.config)

    def clear(self) -> None:
        self.program.clear()
        shutil.rmtree(self.folder, ignore_errors=True)


def run(program: Program, *words: str, given: str = "", cut_at: str = "") -> subprocess.CompletedProcess[str]:
    """As Program.run, with the time that many runs of restic take; killed at a write point, whichever process it is."""
    environment = program._environment()
    if cut_at:
        environment["PYTHONPATH"] += f":{_cutting(program, cut_at)}"
    return subprocess.run(
        program._as_nobody(*words), env=environment, cwd="/", input=given, capture_output=True, text=True,
        timeout=_SECONDS, check=False,
    )  # fmt: skip


def _cutting(program: Program, point: str) -> Path:
    """A folder with what Python runs as each process begins (site)."""
    folder = program.home / "cutting"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_CUT.format(point=point))
    return folder


def customers_in(program: Program) -> str:
    """All that can be read there, as a list."""
    done = program.run("customers", "export", "-", "--reason", "Tried whether everybody is back")
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()
