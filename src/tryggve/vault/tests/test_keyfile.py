import os
import stat
from pathlib import Path

import pytest

from tryggve.lib.folders import Folders
from tryggve.vault import (
    KeyFileExposed,
    KeyFileMissing,
    KeyFileNewer,
    KeyFileNotWritten,
    KeyFileUnreadable,
    Locked,
    keyfile,
)
from tryggve.vault.tests import programs

READ_AS_NOBODY = """
from tryggve.vault import keyfile
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    keyfile.read(where.key_file)
except vault.Locked as refusal:
    print(type(refusal).__name__, refusal.exit_status)
"""


@pytest.fixture
def path(where: Folders) -> Path:
    return where.key_file


def test_make_writes_a_whole_file_for_its_owner_alone(path: Path) -> None:
    before = set(path.parent.iterdir())
    made = keyfile.make(path)

    assert keyfile.read(path) == made
    assert len(made.secret) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(path.parent.iterdir()) - before == {path}


def test_make_gives_another_secret_each_time(path: Path) -> None:
    first = keyfile.make(path)
    path.unlink()
    second = keyfile.make(path)

    assert len({first.id, second.id}) == len({first.secret, second.secret}) == 2


def test_make_never_replaces_a_key_file(path: Path) -> None:
    made = keyfile.make(path)

    with pytest.raises(KeyFileNotWritten):
        keyfile.make(path)
    assert keyfile.read(path) == made


def test_make_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(KeyFileNotWritten, match="could not be written"):
        keyfile.make(tmp_path / "file" / "key")


def test_read_survives_what_an_editor_does(path: Path) -> None:
    made = keyfile.make(path)
    text = path.read_text()
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", " \r\n").encode() + b"\r\n")

    assert keyfile.read(path) == made


def test_read_of_a_missing_file_says_where_and_not_to_start_anew(path: Path) -> None:
    with pytest.raises(KeyFileMissing) as caught:
        keyfile.read(path)

    assert str(path) in str(caught.value)
    assert caught.value.exit_status == 3


def test_read_of_a_truncated_file_is_unreadable_at_every_length(path: Path) -> None:
    keyfile.make(path)
    whole = path.read_bytes().rstrip()

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(KeyFileUnreadable):
            keyfile.read(path)
    path.write_bytes(whole)
    assert keyfile.read(path)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 3000, b"secret\n"], ids=["empty", "binary", "text"])
def test_read_of_another_file_is_unreadable(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(KeyFileUnreadable):
        keyfile.read(path)


def test_read_of_a_folder_is_unreadable(path: Path) -> None:
    path.mkdir(mode=0o700)

    with pytest.raises(KeyFileUnreadable):
        keyfile.read(path)


def test_read_of_a_pipe_is_unreadable_and_does_not_hang(path: Path) -> None:
    os.mkfifo(path, 0o600)

    with pytest.raises(KeyFileUnreadable):
        keyfile.read(path)


def test_read_of_a_newer_file_says_so(path: Path) -> None:
    keyfile.make(path)
    path.write_text(path.read_text().replace("tryggve-key-file 1", "tryggve-key-file 2"))

    with pytest.raises(KeyFileNewer):
        keyfile.read(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601], ids=oct)
def test_read_of_a_file_open_to_others_is_refused_with_the_mend(path: Path, mode: int) -> None:
    made = keyfile.make(path)
    path.chmod(mode)

    with pytest.raises(KeyFileExposed, match=f"chmod 600 '{path}'"):
        keyfile.read(path)
    path.chmod(0o600)
    assert keyfile.read(path) == made


def test_read_of_a_read_only_file_is_allowed(path: Path) -> None:
    made = keyfile.make(path)
    path.chmod(0o400)

    assert keyfile.read(path) == made


def test_read_without_the_right_is_unreadable(path: Path, where: Folders) -> None:
    keyfile.make(path)
    path.chmod(0o000)

    answer = programs.run(READ_AS_NOBODY, where)

    assert answer == (0, "KeyFileForbidden 3\n")


def test_every_refusal_about_a_key_file_is_locked() -> None:
    refusals = (KeyFileExposed, KeyFileMissing, KeyFileNewer, KeyFileNotWritten, KeyFileUnreadable)

    assert {refusal.__base__ for refusal in refusals} == {Locked}
