from pathlib import Path

import pytest

from tryggve.domains.setup.engine import copied_folders
from tryggve.domains.setup.tests.made_up import Computer


@pytest.mark.parametrize(
    ("inside", "program"),
    [
        ("Dropbox/firm", "Dropbox"),
        ("Dropbox (Annas Snickeri)", "Dropbox"),
        ("OneDrive - Annas Snickeri/data", "OneDrive"),
        ("Google Drive/data", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("Nextcloud/data", "Nextcloud"),
        ("Mobile Documents/com~apple~CloudDocs/data", "iCloud"),
        ("Documents/data", None),
        ("Dropboxes/data", None),
        ("notes on OneDrive", None),
    ],
)
def test_folder_is_copied_by_the_program_that_an_outer_folder_is_called_after(
    tmp_path: Path, inside: str, program: str | None
) -> None:
    assert copied_folders.copying_program(tmp_path / inside) == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".sync_1f2e.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".dropbox", None),
        ("sync.db", None),
    ],
)
def test_folder_is_copied_by_the_program_that_left_its_mark_above(
    tmp_path: Path, mark: str, program: str | None
) -> None:
    (tmp_path / "firm" / "data").mkdir(parents=True)
    (tmp_path / "firm" / mark).touch()
    assert copied_folders.copying_program(tmp_path / "firm" / "data") == program
    assert copied_folders.copying_program(tmp_path) is None


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu hypervisor lahf_lm", True),
        ("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu lahf_lm\nbugs\t: hypervisor", False),
        ("sys/hypervisor/type", "xen", True),
        ("proc/version", "Linux", False),
    ],
)
def test_virtual_machine_is_known_by_processor_or_kernel(
    tmp_path: Path, file: str, text: str, expected: bool
) -> None:
    Computer(tmp_path).tells(file, text)
    assert copied_folders.is_virtual_machine(tmp_path) == expected
