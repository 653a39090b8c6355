"""A restore for real while restic is killed, and on a disk that is full: it is told plainly, and gone on with."""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import Program, until
from tryggve.domains.backups.tests import lost_firm, worlds_apart
from tryggve.domains.backups.tests.lost_firm import LostFirm

pytestmark = pytest.mark.process
_LARGE = 40_000_000
_SEES_CUSTOMERS = b"Cilla Karlsson"


@pytest.fixture(scope="module")
def lost() -> Iterator[LostFirm]:
    """One with a file that takes a while, and that a small disk can't hold."""
    made = LostFirm()
    try:
        made.python(f"Path({str(made.program.data)!r}, 'files', 'large').write_bytes(os.urandom({_LARGE}))")
        made.back_up()
        made.lose()
        yield made
    finally:
        made.clear()


@pytest.fixture
def bare() -> Iterator[Program]:
    made = Program()
    yield made
    made.clear()


@pytest.fixture
def typed(lost: LostFirm, bare: Program) -> Path:
    """What a person types, again and again."""
    (bare.home / "typed").write_text("".join(f"{one}\n" for one in lost.shares[:2]))
    bare._give_to_nobody()
    return bare.home / "typed"


def _restore(lost: LostFirm, bare: Program) -> list[str]:
    return bare._as_nobody("restore", "-", "--keys-place", str(lost.near), "--yes")


def _restic_in(bare: Program) -> int | None:
    """The one that brings the data there, once it has written some of it."""
    restored = bare.data / "restored"
    if not restored.is_dir() or not any(one.is_file() for one in restored.rglob("*")):
        return None
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"restic") and str(restored).encode() in words:
            return int(process.name)
    return None


def test_restic_that_is_killed_is_told_and_the_restore_is_gone_on_with(
    lost: LostFirm, bare: Program, typed: Path
) -> None:
    with (
        typed.open("rb") as given,
        subprocess.Popen(
            _restore(lost, bare), env=bare._environment(), cwd="/", stdin=given, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as restore,
    ):  # fmt: skip
        os.kill(until(lambda: _restic_in(bare)), signal.SIGKILL)
        said = restore.communicate(timeout=120)[0].decode()
    assert restore.returncode == 2
    assert "The data could not be brought here: restic ended with an error. Nothing was lost." in said
    refused = bare.run("customers", "find", "cilla")
    assert (refused.returncode, b"Go on with" in refused.stderr) == (2, True)

    assert lost_firm.run(bare, *_words(lost), given=typed.read_text()).returncode == 0
    assert _SEES_CUSTOMERS in bare.run("customers", "find", "cilla").stdout
    assert (bare.data / "files" / "large").stat().st_size == _LARGE
    assert not (bare.data / "restored").exists()


def _words(lost: LostFirm) -> tuple[str, ...]:
    return ("restore", "-", "--keys-place", str(lost.near), "--yes")


def test_full_disk_is_told_and_the_restore_is_gone_on_with_once_there_is_room(
    lost: LostFirm, bare: Program, typed: Path
) -> None:
    disk = bare.home / "disk"
    disk.mkdir()
    bare.data = disk / "data"
    first, found = bare.home / "first", bare.home / "found"
    bare._give_to_nobody()
    whoever = worlds_apart.as_before()
    restore = shlex.join([*whoever, *bare._command, *_words(lost), *_folders(bare)])
    find = shlex.join([*whoever, *bare._command, "customers", "find", "cilla", *_folders(bare)])
    script = f"""
        mount -t tmpfs -o size=120m none {disk}
        head -c 100m /dev/zero > {disk}/filling
        {restore} < {typed} > {first} 2>&1 && exit 90
        rm {disk}/filling
        {restore} < {typed}
        {find} > {found}
    """
    done = subprocess.run(
        bare.child(*worlds_apart.after(script)), env=bare._environment(), cwd="/", capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr + first.read_text()
    said = first.read_text()
    assert "The data could not be brought here: a disk is full. Nothing was lost." in said
    assert _SEES_CUSTOMERS in found.read_bytes()


def _folders(bare: Program) -> list[str]:
    return ["--data", str(bare.data), "--config", str(bare.config)]
