"""Disks that are full, or can't be written: real ones, of a world that the program alone is in."""

from pathlib import Path

import pytest

from tryggve.domains.backups.models import Place
from tryggve.domains.backups.tests import child, worlds_apart

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def _added(disk: Path, within: list[str]) -> str:
    """What is said to whoever adds that folder."""
    told = disk.with_name("told")
    assert child.run("add", str(disk), str(told), within=within) == 0
    assert not Place.objects.exists()
    return told.read_text()


def test_full_disk_is_told_and_nothing_is_left_on_it(disk: Path) -> None:
    left = disk.with_name("left")
    filled = f"head -c 12000 /dev/zero > {disk}/filling"
    seen = f'"$@"; ls {disk} > {left}; exit 0'
    said = _added(disk, worlds_apart.on_disk(disk, size="16k", then=f"{filled}; {seen}"))
    assert ("no room left" in said, left.read_text().split()) == (True, ["filling"])


def test_disk_that_can_only_be_read_is_refused(disk: Path) -> None:
    closed = f"mount -o remount,bind,ro {disk}"
    assert "may not write" in _added(disk, worlds_apart.on_disk(disk, size="16k", then=closed))


def test_folder_that_cant_be_written_is_refused(disk: Path) -> None:
    disk.chmod(0o500)
    try:
        assert "may not write" in _added(disk, worlds_apart.without_rights())
    finally:
        disk.chmod(0o700)
