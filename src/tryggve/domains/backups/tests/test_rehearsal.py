"""A restore that is only tried out, by the real program, as if on another computer and on the same one."""

import copy
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import ground, postgres
from tests.program import Program, until
from tools import tree
from tryggve.domains.backups.services.restoring.thrown_away import MEMORY
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.process
# Run by Python as each process begins (site): another computer has another machine-id.
_MOVED = """
from pathlib import Path
from tryggve.lib import machine

machine.SYSTEM_ID = Path({id!r})
"""
_NOTE = """
from django.utils import timezone
from tryggve.domains.backups.services import elsewhere

noted = elsewhere.note(typed={code!r}, actor="machine:test", at=now)
Path({told!r}).write_text(str(noted.on == timezone.localdate(now)))
"""


def _database() -> str:
    return postgres.new_database(f"rehearsal_{new_id().hex}") if ground.on_postgresql() else ""


@pytest.fixture(scope="module")
def firm() -> Iterator[LostFirm]:
    """It is in use and goes on; one customer was erased after the backup."""
    made = LostFirm(database_url=_database())
    try:
        made.back_up()
        made.erase_one()
        yield made
    finally:
        made.clear()


@pytest.fixture
def borrowed() -> Iterator[Program]:
    """Another computer, where nothing of ours ever was."""
    with tempfile.TemporaryDirectory() as name:
        moved = Path(name)
        moved.chmod(0o755)
        (moved / "machine-id").write_text(new_id().hex)
        (moved / "sitecustomize.py").write_text(_MOVED.format(id=str(moved / "machine-id")))
        path = f"PYTHONPATH={tree.PACKAGE.parent}:{moved}"
        made = Program(command=("env", path, sys.executable, "-m", "tryggve"))
        yield made
        made.clear()


@pytest.fixture
def bare() -> Iterator[Program]:
    """New folders on this computer."""
    made = Program()
    yield made
    made.clear()


def _restore(at: Program, firm: LostFirm, *words: str) -> tuple[int, dict[str, Any], str]:
    into: tuple[str, ...] = ()
    if address := _database():
        file = firm.folder / "address"
        file.write_text(address)
        into = ("--database", str(file))
    typed = "".join(f"{one}\n" for one in firm.shares[:2])
    told = ("restore", "-", "--keys-place", str(firm.near), "--yes", "--json", *into, *words)
    done = lost_firm.run(at, *told, given=typed)
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


def _with_folders(program: Program, *, data: Path, config: Path) -> Program:
    """The same with folders elsewhere."""
    other = copy.copy(program)
    other.data, other.config = data, config
    return other


def _noted(firm: LostFirm, code: str) -> str:
    told = firm.program.home / "noted"
    firm.python(_NOTE.format(code=code, told=str(told)))
    return told.read_text()


def _left() -> set[Path]:
    return set(MEMORY.glob("tryggve-*rehearsal-*"))


@pytest.mark.both_databases
def test_rehearsal_shows_a_code_that_the_register_knows_and_leaves_nothing(
    firm: LostFirm, borrowed: Program
) -> None:
    before = _left()
    status, told, said = _restore(borrowed, firm, "--rehearsal")
    assert (status, told["rehearsed"], told["customers_read"], told["erased_again"]) == (0, True, 20, 1), said
    assert "Cilla" not in json.dumps(told) + said
    assert (told["delete"], "was removed from this computer" in said) == ([], True)
    assert (_left() - before, borrowed.data.exists(), borrowed.config.exists()) == (set(), False, False)

    verdict = json.loads(firm.program.run("audit", "verify", "--json").stdout)
    assert (verdict["ok"], verdict["lost_by_restore"]) == (True, [])
    assert b"Cilla Karlsson" in firm.program.run("customers", "find", "cilla").stdout
    assert _noted(firm, told["code"]) == "True"


@pytest.mark.both_databases
def test_rehearsal_that_is_kept_is_good_for_nothing_else(firm: LostFirm, borrowed: Program) -> None:
    disk = borrowed.home / "disk"
    disk.mkdir()
    borrowed._give_to_nobody()
    status, told, said = _restore(borrowed, firm, "--rehearsal", "--keep", "--on-disk", str(disk))
    assert status == 0, said
    memory, data = map(Path, told["delete"])
    kept = _with_folders(borrowed, data=data, config=memory / "config")
    try:
        assert (data.parent, memory.parent, (memory / "config" / "key").exists()) == (disk, MEMORY, True)
        assert {path.name for path in disk.rglob("*")} & {"key", "service-key", "secret-key"} == set()
        for words in (("customers", "find", "cilla"), ("backup", "run"), ("keys", "take-over"), ("up",)):
            refused = kept.run(*words)
            assert (refused.returncode, b"only a rehearsal of a restore" in refused.stderr) == (2, True), (
                words
            )
        assert "never becomes a register" in _restore(kept, firm)[2]
        again = lost_firm.run(kept, "restore", "--rehearsal", "--keep")
        assert (again.returncode, told["code"] in again.stdout, "rm -r" in again.stdout) == (0, True, True), (
            again
        )

        mark = json.loads((data / "restoring").read_text())
        (data / "restoring").write_text(json.dumps({**mark, "damaged_files": 1}))
        again = lost_firm.run(kept, "restore", "--rehearsal")
        said_no = "There is no code" in again.stdout
        assert (again.returncode, told["code"] in again.stdout, said_no) == (1, False, True)
    finally:
        shutil.rmtree(memory)


@contextmanager
def _waiting(bare: Program, firm: LostFirm) -> Iterator[tuple["subprocess.Popen[bytes]", set[Path]]]:
    """A rehearsal that waits for the pages, and the folders that it has made."""
    before = _left()
    words = ("restore", "-", "--keys-place", str(firm.near), "--rehearsal", "--yes")
    begun = subprocess.Popen(
        bare._as_nobody(*words), env=bare._environment(), cwd="/", stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with begun:
        yield begun, until(lambda: _left() - before)


def test_rehearsal_that_is_cut_off_leaves_nothing(firm: LostFirm, bare: Program) -> None:
    before = _left()
    typed = "".join(f"{one}\n" for one in firm.shares[:2])
    words = ("restore", "-", "--keys-place", str(firm.near), "--rehearsal", "--yes")
    cut = lost_firm.run(bare, *words, given=typed, cut_at="backups: keys put back")
    assert (cut.returncode != 0, _left()) == (True, before)


def test_rehearsal_that_is_killed_leaves_nothing_once_another_is_made(firm: LostFirm, bare: Program) -> None:
    with _waiting(bare, firm) as (begun, folders):
        begun.kill()
        begun.wait()
    assert folders <= _left()
    words = ("restore", "-", "--keys-place", "/nowhere", "--rehearsal", "--yes")
    assert lost_firm.run(bare, *words).returncode == 2
    assert not folders & _left()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_terminal_that_is_closed_leaves_nothing(
    firm: LostFirm, bare: Program, number: signal.Signals
) -> None:
    with _waiting(bare, firm) as (begun, folders):
        begun.send_signal(number)
        assert begun.wait() == 128 + number
    assert not folders & _left()


def test_rehearsal_on_the_same_computer_proves_nothing(firm: LostFirm, bare: Program) -> None:
    status, told, said = _restore(bare, firm, "--rehearsal")
    assert (status, told["code"], told["withheld"]) == (1, "", "same-computer"), said
    assert told["customers_read"] == 20
