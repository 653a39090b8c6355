import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.lib import opened


@pytest.fixture(autouse=True)
def nothing_opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    held: dict[str, int] = {}
    monkeypatch.setattr(opened, "_opened", held)
    yield held
    for descriptor in held.values():
        os.close(descriptor)


def _read(path: Path) -> bytes:
    with opened.open_binary(str(path)) as stream:
        return stream.read()


def _open_descriptors() -> int:
    return sum(1 for _entry in Path("/proc/self/fd").iterdir())


def test_named_file_stays_open_when_its_name_leads_elsewhere(tmp_path: Path) -> None:
    named = tmp_path / "list.csv"
    named.write_bytes(b"Cilla")
    opened.open_named_files(["customers", "import", str(named), "--dry-run"])
    named.unlink()
    named.write_bytes(b"Dan")
    assert _read(named) == b"Cilla"


def test_named_file_can_be_read_twice_from_its_start(tmp_path: Path) -> None:
    named = tmp_path / "list.csv"
    named.write_bytes(b"Cilla")
    opened.open_named_files([str(named)])
    assert [_read(named), _read(named)] == [b"Cilla", b"Cilla"]


def test_link_is_not_followed_with_the_rights_of_the_caller(
    tmp_path: Path, nothing_opened: dict[str, int]
) -> None:
    """Mallory names a file of the system's as her list, and asks root to bring it in for her."""
    secret, link = tmp_path / "shadow", tmp_path / "list.csv"
    secret.write_bytes(b"root:x")
    link.symlink_to(secret)
    opened.open_named_files([str(link)])
    assert nothing_opened == {}
    assert _read(link) == b"root:x"  # read later, as the user that the command then is


def test_pipes_and_folders_are_left_closed_and_hang_nothing(
    tmp_path: Path, nothing_opened: dict[str, int]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = _open_descriptors()
    opened.open_named_files([str(tmp_path), str(tmp_path / "pipe"), "/dev/tty", "/dev/zero"])
    assert nothing_opened == {}
    assert _open_descriptors() == before


@pytest.mark.parametrize("word", ["", "Åkerström", "x" * 5000, "a\nb", "\udcff", "--source", "/no/such"])
def test_words_that_name_no_file_are_passed_over(word: str, nothing_opened: dict[str, int]) -> None:
    opened.open_named_files([word])
    assert nothing_opened == {}


def test_opened_files_are_not_inherited(tmp_path: Path, nothing_opened: dict[str, int]) -> None:
    (tmp_path / "list.csv").touch()
    opened.open_named_files([str(tmp_path / "list.csv")])
    assert [os.get_inheritable(descriptor) for descriptor in nothing_opened.values()] == [False]
