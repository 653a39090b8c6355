"""The keeper in the real ``up``: who holds the keys, and who may not look."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register
from tryggve.lib.folders import Folders
from tryggve.supervisor import runfiles
from tryggve.vault.keeper_socket import protocol

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def running() -> Iterator[Program]:
    with register.new() as program:
        program.start()
        yield program


def _folders(program: Program) -> Folders:
    return Folders(data=program.data, config=program.config)


def _limits(pid: int) -> str:
    (line,) = (
        one for one in Path(f"/proc/{pid}/limits").read_text().splitlines() if one.startswith("Max core")
    )
    return " ".join(line.split()[4:6])


def test_parent_of_up_is_not_dumpable_and_nobody_of_its_family_leaves_a_core_dump(running: Program) -> None:
    # What isn't dumpable belongs to root in /proc (proc(5)), though the process is somebody else's.
    family = [runfiles_entry.group for runfiles_entry in runfiles._entries(_folders(running))]
    assert len(family) == 2
    (parent,) = {int(Path(f"/proc/{pid}/stat").read_text().split()[3]) for pid in family}
    owners = [Path(f"/proc/{pid}/environ").stat().st_uid for pid in (parent, family[0])]
    assert owners == [0, Path(f"/proc/{family[0]}").stat().st_uid]
    assert {_limits(pid) for pid in (parent, *family)} == {"0 0"}
    assert resource.getrlimit(resource.RLIMIT_CORE) != (0, 0) or os.environ.get("CI") is not None


def test_command_beside_up_reads_no_key_file(running: Program) -> None:
    key_file = _folders(running).key_file
    away = key_file.with_name("away")
    key_file.rename(away)
    try:
        found = running.run("customers", "find", "nobody at all")
    finally:
        away.rename(key_file)
    assert (found.returncode, found.stderr) == (1, b"")


def test_socket_of_the_keeper_is_gone_after_the_end() -> None:
    with register.new() as program:
        program.start()
        assert protocol.socket_file(_folders(program)).is_socket()
        program.stop()
        assert not protocol.socket_file(_folders(program)).exists()
