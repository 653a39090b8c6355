from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.setup.engine import block_devices
from tryggve.domains.setup.engine.block_devices import Encryption
from tryggve.domains.setup.tests.made_up import Computer, with_two_disks


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return with_two_disks(tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sda", "open"),
        ("sda1", "open"),
        ("dm-0", "encrypted"),
        ("dm-1", "encrypted"),  # a volume on the encrypted device
        ("dm-3", "open"),  # half of it lies in the clear
        ("dm-4", "open"),  # checked, not encrypted
        ("dm-5", "open"),
        ("sdz", "unknown"),
    ],
)
def test_device_is_encrypted_when_all_that_it_lies_on_is(
    computer: Computer, name: str, expected: Encryption
) -> None:
    assert block_devices.encryption_of_device(computer.root, name) == expected


def test_partition_of_an_encrypted_device_is_encrypted(computer: Computer) -> None:
    computer.partition("dm-0p1", "254:9", of="dm-0")
    assert block_devices.encryption_of_device(computer.root, "dm-0p1") == "encrypted"


def test_disk_in_a_file_is_as_the_disk_that_the_file_lies_on(computer: Computer) -> None:
    computer.mounts("8:1 / ext4 /dev/sda1", "254:1 /home ext4 /dev/dm-1")
    for number, file in enumerate(("/home/anna/disk.img", "/srv/disk.img")):
        computer.device(f"loop{number}", f"7:{number}")
        computer.tells(f"sys/class/block/loop{number}/loop/backing_file", file)

    found = [block_devices.encryption_of_device(computer.root, f"loop{number}") for number in (0, 1)]
    assert found == ["encrypted", "open"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/dev/sda1", "open"),
        ("/dev/dm-2", "encrypted"),
        ("/dev/mapper/vg-swap", "encrypted"),
        ("/dev/mapper/other", "unknown"),
        ("UUID=1f2e", "unknown"),
    ],
)
def test_device_is_found_by_its_path_or_the_mappers_name(
    computer: Computer, path: str, expected: Encryption
) -> None:
    assert block_devices.encryption_of_path(computer.root, path) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [("254:2", "encrypted"), ("8:1", "open"), ("9:9", "unknown")]
)
def test_device_is_found_by_its_number(computer: Computer, number: str, expected: Encryption) -> None:
    assert block_devices.encryption_of_number(computer.root, number) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/srv/tryggve", "open"),
        ("/home", "encrypted"),
        ("/home/anna/data", "encrypted"),
        ("/homestead", "open"),  # only begins with the same letters
        ("/mnt/usb stick/data", "encrypted"),
        ("/over", "open"),  # what was mounted last hides the others
        ("/private", "encrypted"),
        ("/tank/data", "unknown"),
        ("/run/data", "unknown"),
    ],
)
def test_folder_lies_on_the_innermost_file_system(
    computer: Computer, folder: str, expected: Encryption
) -> None:
    computer.mounts(
        "8:1 / ext4 /dev/root",
        "254:1 /home ext4 /dev/mapper/vg-home",
        "254:1 /mnt/usb\\040stick vfat /dev/dm-1",
        "254:1 /over ext4 /dev/dm-1",
        "8:1 /over ext4 /dev/sda1",
        "0:40 /private ecryptfs /home/.private",
        "0:41 /tank zfs tank/data",
        "0:42 /run tmpfs tmpfs",
    )
    assert block_devices.encryption_of_folder(computer.root, Path(folder)) == expected


def test_btrfs_lies_on_all_its_devices(computer: Computer) -> None:
    computer.mounts("0:30 / btrfs /dev/mapper/vg-home")
    computer.tells("sys/fs/btrfs/1f2e/devices/dm-1/size", "1")
    assert block_devices.encryption_of_folder(computer.root, Path("/data")) == "encrypted"

    computer.tells("sys/fs/btrfs/1f2e/devices/sda1/size", "1")
    assert block_devices.encryption_of_folder(computer.root, Path("/data")) == "open"


def test_folder_on_a_computer_that_says_nothing_is_unknown(tmp_path: Path) -> None:
    assert block_devices.encryption_of_folder(tmp_path, Path("/data")) == "unknown"


@given(st.lists(st.sampled_from(["encrypted", "open", "unknown"])))
def test_worst_is_open_before_unknown_before_encrypted(parts: list[Encryption]) -> None:
    order: list[Encryption] = ["encrypted", "unknown", "open"]
    expected = max(parts, key=order.index, default="unknown")
    assert block_devices.worst(parts) == expected


@given(path=st.text(st.characters(max_codepoint=0x7F), max_size=20))
def test_path_is_read_back_as_the_kernel_escapes_it(path: str) -> None:
    written = "".join(f"\\{ord(one):03o}" if one in " \t\n\\" else one for one in path)
    assert block_devices.unescaped(written) == path


@pytest.mark.parametrize(
    ("folder", "disks"),
    [
        ("/srv", {"sda"}),
        ("/srv/more/copies", {"sdb"}),  # a volume on the encrypted one
        ("/both", {"sda", "sdb"}),
        ("/nas/copies", {"0:99"}),  # of another computer: nothing of this one's
        ("/nas/other", {"0:99"}),
    ],
)
def test_folder_breaks_with_the_disks_that_it_lies_on(
    computer: Computer, folder: str, disks: set[str]
) -> None:
    computer.mounts(
        "8:1 / ext4 /dev/sda1",
        "254:1 /srv/more ext4 /dev/dm-1",
        "254:3 /both ext4 /dev/dm-3",
        "0:99 /nas nfs4 server:/export",
    )
    assert block_devices.disks_of_folder(computer.root, Path(folder)) == disks


def test_disk_of_a_folder_is_unknown_where_nothing_is_mounted(tmp_path: Path) -> None:
    assert block_devices.disks_of_folder(tmp_path, Path("/srv")) == frozenset()
