import stat
from pathlib import Path

import pytest

from tryggve.lib import durable


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_is_its_owners_alone_unless_others_are_meant_to_read_it(tmp_path: Path) -> None:
    assert _rights(durable.write_unfinished(tmp_path / "key", b"secret")) == 0o600
    assert _rights(durable.write_unfinished(tmp_path / "note", b"public", rights=0o644)) == 0o644


def test_link_put_where_the_file_will_be_is_not_followed(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.write_bytes(b"secret")
    ours.chmod(0o600)
    (tmp_path / "note.new").symlink_to(ours)
    with pytest.raises(FileExistsError):
        durable.write_unfinished(tmp_path / "note", b"public", rights=0o644)
    assert (_rights(ours), ours.read_bytes()) == (0o600, b"secret")


def test_what_has_the_name_already_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_bytes(b"first")
    durable.write_unfinished(path, b"second")
    with pytest.raises(FileExistsError):
        durable.put_in_place(path)
    assert path.read_bytes() == b"first"


def test_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        durable.sync_folder(tmp_path / "gone")
