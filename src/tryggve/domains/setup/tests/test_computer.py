"""What ``doctor`` says of the computer: each finding in each state, in words that tell what to do."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.domains.setup import computer, diagnosis
from tryggve.domains.setup.tests.made_up import Computer, with_two_disks
from tryggve.lib import folders as folder
from tryggve.lib.findings import Finding
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock, runfiles


@pytest.fixture
def machine(tmp_path: Path) -> Computer:
    return with_two_disks(tmp_path / "root")


@pytest.fixture
def firm(tmp_path: Path) -> Folders:
    made = Folders(data=tmp_path / "data", config=tmp_path / "config")
    folder.create(made)
    return made


def _says(finding: Finding, verdict: str, *words: str) -> bool:
    return (finding.verdict, [word for word in words if word not in finding.text]) == (verdict, [])


def test_computer_that_says_nothing_is_told_as_unknown_and_never_as_good(
    firm: Folders, tmp_path: Path
) -> None:
    asked = [computer.swap, computer.hibernation, computer.core_dumps, computer.disk_encryption]
    found = [question(firm, tmp_path / "nothing") for question in asked]
    assert [finding.verdict for finding in found] == ["warning"] * 4
    assert [finding.code for finding in found if "can't be told" not in finding.text] == []


def test_swap_is_told_with_its_place(firm: Folders, machine: Computer) -> None:
    machine.swaps("/dev/dm-2\tpartition", "/dev/zram0\tpartition")
    assert _says(computer.swap(firm, machine.root), "good")
    machine.swaps("/dev/dm-2\tpartition", "/dev/sda1\tpartition", "/dev/gone\tpartition")
    assert _says(computer.swap(firm, machine.root), "warning", "swap: /dev/sda1)", "sudo swapoff -a")
    machine.swaps("/dev/gone\tpartition")
    assert _says(computer.swap(firm, machine.root), "warning", "swap: /dev/gone)", "can't be told")
    machine.swaps()
    assert _says(computer.swap(firm, machine.root), "good")


@pytest.mark.parametrize(
    ("resume", "verdict", "words"),
    [("0:0", "good", ""), ("254:2", "good", ""), ("8:1", "warning", "mask hibernate.target"),
     ("9:9", "warning", "can't be told")],
)  # fmt: skip
def test_hibernation_is_told_by_the_disk_that_it_goes_to(
    firm: Folders, machine: Computer, resume: str, verdict: str, words: str
) -> None:
    machine.tells("sys/power/state", "mem disk")
    machine.tells("sys/power/resume", resume)
    assert _says(computer.hibernation(firm, machine.root), verdict, words)


@pytest.mark.parametrize(
    ("limit", "verdict", "words"), [("0", "good", ""), ("unlimited", "warning", "kernel.core_pattern")]
)
def test_core_dumps_of_this_command_count(
    firm: Folders, machine: Computer, limit: str, verdict: str, words: str
) -> None:
    machine.tells("proc/sys/kernel/core_pattern", "core")
    machine.process(os.getpid(), limit=limit)
    assert _says(computer.core_dumps(firm, machine.root), verdict, words)


@pytest.fixture
def up() -> Iterator[tuple[int, int]]:
    """A program and its child, by their numbers; the group is the program's."""
    program = subprocess.Popen(
        ["sh", "-c", "sleep 600 & echo $!; wait"], stdout=subprocess.PIPE, start_new_session=True
    )
    assert program.stdout is not None
    yield program.pid, int(program.stdout.readline())
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
    program.stdout.close()


@pytest.mark.parametrize("written", ["the program's group", "its child"])
def test_core_dumps_of_running_children_and_of_their_parent_count(
    firm: Folders, machine: Computer, up: tuple[int, int], written: str
) -> None:
    program, child = up
    machine.tells("proc/sys/kernel/core_pattern", "core")
    for number in (os.getpid(), program, child):
        machine.process(number, limit="0")
    group = program if written == "the program's group" else child
    told = program if written == "its child" else child  # found as the parent, found in the group
    with lock.hold(firm):
        runfiles.write(firm, runfiles.RunFile("web", group, "token"))
        assert _says(computer.core_dumps(firm, machine.root), "good")
        machine.process(told, limit="unlimited")
        assert _says(computer.core_dumps(firm, machine.root), "warning")
    assert _says(computer.core_dumps(firm, machine.root), "good")  # nothing runs on the folder any more


@pytest.mark.parametrize(
    ("data", "config", "verdict", "words"),
    [
        ("254:1", "254:1", "good", ()),
        ("8:1", "254:1", "warning", ("/data)", "not encrypted")),
        ("254:1", "8:1", "warning", ("/config)", "not encrypted")),
        ("8:1", "9:9", "warning", ("/data)", "not encrypted")),
        ("9:9", "254:1", "warning", ("/data)", "can't be told")),
    ],
)
def test_disk_encryption_is_told_of_data_and_keys(
    firm: Folders, machine: Computer, data: str, config: str, verdict: str, words: tuple[str, ...]
) -> None:
    machine.mounts(f"{data} {firm.data} ext4 none", f"{config} {firm.config} ext4 none")
    assert _says(computer.disk_encryption(firm, machine.root), verdict, *words)


def _firm(data: Path, config: Path) -> Folders:
    return Folders(data=data, config=config)


def test_folders_that_a_program_copies_are_named(tmp_path: Path, machine: Computer) -> None:
    here, cloud, other = tmp_path / "here", tmp_path / "Dropbox" / "a", tmp_path / "OneDrive" / "b"

    both = computer.copies(_firm(cloud, other), machine.root)
    assert _says(both, "warning", "Dropbox, OneDrive", f"{cloud}, {other}", "both the data and the key")
    for one in (_firm(cloud, here), _firm(here, cloud)):
        assert _says(computer.copies(one, machine.root), "warning", "Dropbox copies", str(cloud))
        assert str(here) not in computer.copies(one, machine.root).text
    assert _says(computer.copies(_firm(here, here), machine.root), "good", "can't be told")


def test_virtual_machine_is_a_warning_where_no_program_copies(tmp_path: Path, machine: Computer) -> None:
    machine.tells("sys/hypervisor/type", "xen")
    assert _says(computer.copies(_firm(tmp_path, tmp_path), machine.root), "warning", "virtual machine")


def test_link_into_a_copied_folder_is_followed(tmp_path: Path, machine: Computer) -> None:
    (tmp_path / "Nextcloud" / "data").mkdir(parents=True)
    (tmp_path / "here").symlink_to(tmp_path / "Nextcloud" / "data")
    found = computer.copies(_firm(tmp_path / "here", tmp_path), machine.root)
    assert _says(found, "warning", "Nextcloud copies")


@pytest.mark.django_db
def test_doctor_asks_of_the_computer_once_a_register_was_begun(firm: Folders) -> None:
    firm.keys.touch()
    asked = ["swap", "hibernation", "core_dumps", "disk_encryption", "copies", "running"]
    assert [finding.code for finding in diagnosis.findings(firm)][-6:] == asked
