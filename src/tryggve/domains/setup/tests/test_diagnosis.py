"""What ``doctor`` finds, in good and in bad state."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tryggve import vault
from tryggve.domains.setup import diagnosis
from tryggve.lib import folders as folder
from tryggve.lib.findings import Finding
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    """A register with keys, as far as files go."""
    chosen = Folders(data=tmp_path / "data", config=tmp_path / "config")
    monkeypatch.setenv("TRYGGVE_DATA", str(chosen.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(chosen.config))
    folder.create(chosen)
    vault.create(chosen)
    yield chosen
    vault.forget()


def _found(firm: Folders, code: str) -> Finding:
    (finding,) = [finding for finding in diagnosis.findings(firm) if finding.code == code]
    return finding


def _verdict(firm: Folders, code: str) -> tuple[str, str]:
    finding = _found(firm, code)
    return finding.verdict, finding.text


def test_built_files_are_found_or_missing(
    firm: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "BUILT_LOCALE", tmp_path / "built" / "locale")
    assert _verdict(firm, "built_files") == (
        "bad",
        "Pages and translations are not built. «./tryggve up» builds them.",
    )
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "stamp").touch()
    assert _verdict(firm, "built_files") == ("good", "Pages and translations are built.")


@pytest.mark.parametrize(("library", "verdict"), [("libpango-1.0.so.0", "good"), (None, "warning")])
def test_pango_is_found_or_missing(
    firm: Folders, monkeypatch: pytest.MonkeyPatch, library: str | None, verdict: str
) -> None:
    monkeypatch.setattr("ctypes.util.find_library", {"pango-1.0": library}.get)
    assert _found(firm, "pango").verdict == verdict


@pytest.mark.parametrize(("free", "verdict"), [(1024**3, "good"), (1024**3 - 1, "bad")])
def test_disk_has_a_gigabyte_or_too_little(
    firm: Folders, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(10**12, 0, free))
    assert _verdict(firm, "disk")[0] == verdict
    assert "1.0 GB" in _found(firm, "disk").text


def test_register_is_there_or_not_yet(firm: Folders, tmp_path: Path) -> None:
    assert _verdict(firm, "register") == ("good", f"There is a register in {firm.data}.")
    nowhere = Folders(data=tmp_path / "a" / "b", config=tmp_path / "c")
    assert _found(nowhere, "register").verdict == "warning"
    assert {finding.code for finding in diagnosis.findings(nowhere)} == {
        "built_files", "pango", "disk", "register",
    }  # fmt: skip
    assert not (tmp_path / "a").exists()


def test_rights_are_for_the_user_alone_or_named_with_what_to_type(firm: Folders) -> None:
    assert _verdict(firm, "rights") == ("good", "Only this user can read the data and the keys.")
    for place in (firm.data, firm.config):
        place.chmod(0o750)
        assert _found(firm, "rights").verdict == "bad"
        assert f"chmod 700 {place}" in _found(firm, "rights").text
        place.chmod(0o700)


def test_keys_open_or_what_is_wrong_is_told(firm: Folders) -> None:
    assert _verdict(firm, "keys") == ("good", "The register is open, or its key file opens it.")
    vault.forget()
    firm.key_file.unlink()
    verdict, text = _verdict(firm, "keys")
    assert (verdict, "The key file" in text) == ("bad", True)


def test_one_that_fails_hides_no_other(firm: Folders) -> None:
    firm.keys.write_bytes(b"damaged" * 1000)
    firm.config.chmod(0o755)
    codes = [finding.code for finding in diagnosis.findings(firm)]
    assert codes[:7] == ["built_files", "pango", "disk", "register", "rights", "keys", "database"]
    assert codes[-1] == "running"  # between them, what other domains ask


def test_folder_that_vanished_is_a_finding(firm: Folders) -> None:
    shutil.rmtree(firm.config)
    assert _found(firm, "rights").verdict == "bad"


def test_running_is_told_with_its_address(firm: Folders) -> None:
    assert _verdict(firm, "running")[0] == "warning"
    with lock.hold(firm) as held:
        assert _verdict(firm, "running") == ("good", "Tryggve is just starting or stopping.")
        held.tell_address("http://localhost:8123/")
        assert _verdict(firm, "running") == ("good", "Tryggve is running: http://localhost:8123/")
    assert _verdict(firm, "running")[0] == "warning"
