import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve.domains.setup.engine import block_devices, memory_on_disk
from tryggve.domains.setup.engine.memory_on_disk import Swap
from tryggve.domains.setup.tests.made_up import Computer, with_two_disks

SYSTEMD = "|/lib/systemd/systemd-coredump %P %u %g %s %t 9223372036854775808 %h"
APPORT = "|/usr/share/apport/apport -p%p -s%s -c%c -d%d -P%P -u%u -g%g -- %E"
ANOTHER = os.getuid() + 1


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = with_two_disks(tmp_path)
    made.mounts("8:1 / ext4 /dev/sda1", "254:1 /home ext4 /dev/dm-1")
    return made


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("/dev/sda1\tpartition", [Swap("/dev/sda1", "open")]),
        ("/dev/dm-2\tpartition", [Swap("/dev/dm-2", "encrypted")]),
        ("/dev/mapper/gone\tpartition", [Swap("/dev/mapper/gone", "unknown")]),
        ("/swap.img\tfile", [Swap("/swap.img", "open")]),
        ("/home/swap\\040file\tfile", [Swap("/home/swap file", "encrypted")]),
        ("/dev/zram0\tpartition", []),
    ],
)
def test_swap_is_where_the_table_says(computer: Computer, row: str, expected: list[Swap]) -> None:
    computer.swaps(row)
    assert memory_on_disk.swaps(computer.root) == expected


def test_swap_in_compressed_memory_that_is_written_to_a_disk_is_on_that_disk(computer: Computer) -> None:
    computer.swaps("/dev/zram0\tpartition")
    for written_to, expected in (("none", []), ("/dev/sda1", [Swap("/dev/sda1", "open")])):
        computer.tells("sys/class/block/zram0/backing_dev", written_to)
        assert memory_on_disk.swaps(computer.root) == expected


def test_no_swap_and_no_table_are_told_apart(computer: Computer) -> None:
    assert memory_on_disk.swaps(computer.root) is None
    computer.swaps()
    assert memory_on_disk.swaps(computer.root) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8")))
def test_strange_tables_are_read_without_failing(tmp_path: Path, text: str) -> None:
    made = Computer(tmp_path)
    for table in ("proc/swaps", "proc/self/mountinfo", "proc/1/limits", "proc/1/status"):
        made.tells(table, text)
    made.tells("proc/sys/kernel/core_pattern", "core")
    assert isinstance(memory_on_disk.swaps(tmp_path), list)
    assert block_devices.encryption_of_folder(tmp_path, Path("/data")) == "unknown"
    assert memory_on_disk.core_dumps(tmp_path, [1]) == "unknown"


@pytest.mark.parametrize(
    ("states", "words", "number", "expected"),
    [
        ("freeze mem disk", "quiet", "254:2", "encrypted"),
        ("freeze mem disk", "quiet", "8:1", "open"),
        ("freeze mem disk", "quiet", "9:9", "unknown"),
        ("freeze mem disk", "resume=/dev/sda1", "0:0", "open"),
        ("freeze mem disk", "resume=/dev/mapper/vg-swap quiet", "0:0", "encrypted"),
        ("freeze mem disk", "resume=UUID=1f2e", "0:0", "unknown"),
        (
            "freeze mem disk",
            "resume=/dev/sda1",
            "254:2",
            "encrypted",
        ),  # what the kernel took, not what was asked
        ("freeze mem disk", "quiet", "0:0", "off"),
        ("freeze mem", "resume=/dev/sda1", "8:1", "off"),
        ("freeze mem disk", "nohibernate", "8:1", "off"),
        ("freeze mem disk", "noresume", "8:1", "off"),
    ],
)
def test_hibernation_is_on_when_possible_and_set_up(
    computer: Computer, states: str, words: str, number: str, expected: str
) -> None:
    computer.tells("sys/power/state", states)
    computer.tells("proc/cmdline", words)
    computer.tells("sys/power/resume", number)
    assert memory_on_disk.hibernation(computer.root) == expected


def test_hibernation_of_a_computer_that_says_nothing_is_unknown(tmp_path: Path) -> None:
    assert memory_on_disk.hibernation(tmp_path) == "unknown"


@pytest.mark.parametrize(
    ("pattern", "limit", "user", "expected"),
    [
        ("core", "0", None, "none"),
        ("core", "unlimited", None, "possible"),
        ("/var/crash/core.%p", "4096", None, "possible"),
        ("core", "unlimited", ANOTHER, "none"),  # may not be dumped at all
        (SYSTEMD, "0", None, "none"),
        (SYSTEMD, "unlimited", None, "possible"),
        (APPORT, "0", None, "possible"),  # it takes the memory whatever the limit is
        (APPORT, "0", ANOTHER, "none"),
        ("|/bin/false", "unlimited", None, "none"),
    ],
)
def test_core_dump_is_possible_by_pattern_limit_and_process(
    computer: Computer, pattern: str, limit: str, user: int | None, expected: str
) -> None:
    computer.tells("proc/sys/kernel/core_pattern", pattern)
    computer.process(100, limit=limit, user=user)
    assert memory_on_disk.core_dumps(computer.root, [100]) == expected


def test_core_dump_of_one_process_of_several_is_enough(computer: Computer) -> None:
    computer.tells("proc/sys/kernel/core_pattern", "core")
    computer.process(100, limit="0")
    computer.process(101, limit="unlimited")
    assert memory_on_disk.core_dumps(computer.root, [100, 101, 102]) == "possible"
    assert memory_on_disk.core_dumps(computer.root, [100, 102]) == "unknown"  # nobody knows of 102
    assert memory_on_disk.core_dumps(computer.root, []) == "unknown"


def test_core_dump_without_a_pattern_is_unknown(computer: Computer) -> None:
    computer.process(100, limit="0")
    assert memory_on_disk.core_dumps(computer.root, [100]) == "unknown"
