import shutil
import stat
from pathlib import Path
from uuid import UUID

import pytest

from tryggve.lib import machine, write_points

SYSTEM_ID = "0123456789abcdef0123456789abcdef"
# HMAC-SHA256 by OpenSSL, cut and marked as sd-id128 does; `systemd-id128 --app-specific` agrees on a real machine.
NAME = UUID("a3864854-cdd7-4308-b40a-2b313fe6d057")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system's id would be; there is none yet."""
    monkeypatch.setattr(machine, "SYSTEM_ID", tmp_path / "machine-id")
    monkeypatch.setattr(machine, "TRANSIENT_ID", tmp_path / "run-machine-id")
    return tmp_path / "machine-id"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The folder of keys."""
    (tmp_path / "config").mkdir()
    return tmp_path / "config"


def test_name_is_made_from_the_machine_id_as_systemd_makes_it(system: Path, config: Path) -> None:
    system.write_text(f"{SYSTEM_ID}\n")
    assert (machine.named(config), machine.names(config)) == (NAME, [NAME])
    assert list(config.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["", "\n", "uninitialized\n", "0" * 32, SYSTEM_ID.upper(), SYSTEM_ID[1:], SYSTEM_ID + "0", "\xe5" * 32],
)
def test_what_is_no_machine_id_counts_for_none(system: Path, config: Path, text: str) -> None:
    system.write_text(text)
    assert machine.names(config) == []


def test_machine_id_that_cannot_be_read_counts_for_none(system: Path, config: Path) -> None:
    system.mkdir()
    assert machine.names(config) == []


def test_machine_id_that_the_system_makes_anew_at_each_start_counts_for_none(
    system: Path, config: Path
) -> None:
    """systemd then mounts the one over the other: the same file under two names."""
    system.write_text(SYSTEM_ID)
    machine.TRANSIENT_ID.write_text(SYSTEM_ID)
    assert machine.names(config) == [NAME]
    machine.TRANSIENT_ID.unlink()
    machine.TRANSIENT_ID.hardlink_to(system)
    assert machine.names(config) == []


@pytest.mark.usefixtures("system")
def test_without_machine_id_a_random_secret_is_made_once_for_its_owner_alone(config: Path) -> None:
    name = machine.named(config)
    assert (machine.named(config), machine.names(config)) == (name, [name])
    (secret,) = config.iterdir()
    assert (secret.name, stat.S_IMODE(secret.stat().st_mode), len(secret.read_bytes())) == (
        "machine",
        0o600,
        16,
    )
    secret.unlink()
    assert machine.named(config) != name


@pytest.mark.usefixtures("system")
def test_secret_counts_in_the_file_that_it_was_written_to_and_in_no_copy(
    config: Path, tmp_path: Path
) -> None:
    name = machine.named(config)
    shutil.copytree(config, tmp_path / "copied")
    assert name not in machine.names(tmp_path / "copied")
    config.rename(tmp_path / "moved")
    assert machine.names(tmp_path / "moved") == [name]


def test_computer_that_gets_its_machine_id_later_keeps_its_first_name(system: Path, config: Path) -> None:
    first = machine.named(config)
    system.write_text(SYSTEM_ID)
    assert (machine.named(config), machine.names(config)) == (NAME, [NAME, first])


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("length", [0, 15, 17])
def test_secret_that_is_not_whole_is_made_anew(config: Path, length: int) -> None:
    (config / machine.FILE).write_bytes(bytes(length))
    assert machine.names(config) == []
    machine.named(config)
    assert len((config / machine.FILE).read_bytes()) == 16


class PowerCut(BaseException):
    """The computer stopped."""


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("point", ["machine named", "machine in place"])
def test_secret_is_kept_however_its_making_was_cut_off(config: Path, point: str) -> None:
    def cut(reached: str) -> None:
        if reached == point:
            raise PowerCut

    write_points.cut_with(cut)
    try:
        with pytest.raises(PowerCut):
            machine.named(config)
    finally:
        write_points.cut_with(None)
    (name,) = machine.names(config)
    assert machine.named(config) == name


@pytest.mark.usefixtures("system")
def test_secret_that_was_cut_off_before_it_had_its_name_is_made_anew(config: Path) -> None:
    (config / "machine.new").write_bytes(b"half")
    assert machine.names(config) == []
    machine.named(config)
    assert [path.name for path in config.iterdir()] == ["machine"]
