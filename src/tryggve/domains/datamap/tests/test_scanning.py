"""Files through the scanner: text first, pictures by others, and what breaks ends one file at most."""

import os
import signal
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tryggve.domains.datamap import scanning, walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.scanning import Scanner
from tryggve.domains.datamap.tests.engine import pdf_files, test_pictures
from tryggve.domains.datamap.tests.engine.reading_files import packed

NUMBER = "19811218-9876"
MAIL = b"skriv till bo@example.se\n"
PICTURE = test_pictures.saved(test_pictures.shown(NUMBER), "PNG")
SCAN = pdf_files.scan_of(f"Personnummer: {NUMBER}")
# More than one answer's worth: the child waits in the middle of it until somebody takes more.
LONG = b"".join(b"skriv till bo%d@example.se\n" % number for number in range(40_000))

Told = tuple[list[str], list[tuple[str, str]]]


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    with scanning.scanner() as made:
        yield made


def _scanned(scanner: Scanner, path: Path, content: bytes) -> Told:
    """Mail addresses and personal numbers, and what was not scanned: where, and why."""
    path.write_bytes(content)
    [file] = walking.files_below(str(path))
    return _told(scanner.scan(file, walking.opened(file)))


def _told(scanned: Iterator[Finding | NotScanned]) -> Told:
    found, unread = [], []
    for one in scanned:
        if isinstance(one, NotScanned):
            unread.append(("/".join(one.inside), one.reason))
        elif one.kind in {Kind.EMAIL, Kind.SE_PERSONNUMMER}:
            found.append(one.value)
    return sorted(found), unread


def _servers() -> list[int]:
    """Children of this process."""
    told = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(number) for number in told.split()]


def test_nothing_is_started_before_the_first_file_and_nothing_for_pictures_before_the_first_of_them(
    scanner: Scanner, tmp_path: Path
) -> None:
    before = set(_servers())
    assert _scanned(scanner, tmp_path / "a.txt", MAIL) == (["bo@example.se"], [])
    assert len(set(_servers()) - before) == 1
    assert _scanned(scanner, tmp_path / "a.png", PICTURE) == ([NUMBER], [])
    assert len(set(_servers()) - before) == 2


def test_what_stands_in_letters_and_what_in_pictures_is_found_once_each(
    scanner: Scanner, tmp_path: Path
) -> None:
    files = {
        "brev.txt": MAIL,
        "bild.png": PICTURE,
        "skannat.pdf": SCAN,
        "trasig.png": PICTURE[:200],
        "avbruten.pdf": SCAN.partition(b"%%EOF")[0],
        "inre.zip": packed({"bild.png": PICTURE, "brev.txt": MAIL}),
    }
    found, unread = _scanned(scanner, tmp_path / "a.zip", packed(files))
    assert found == [NUMBER] * 4 + ["bo@example.se"] * 2
    assert sorted(unread) == [("avbruten.pdf", "partly"), ("trasig.png", "damaged")]


def test_pictures_are_told_where_nothing_reads_them(
    scanner: Scanner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    assert _scanned(scanner, tmp_path / "a.png", PICTURE) == ([], [("", "needs-ocr")])


def test_a_server_that_died_between_files_costs_none(scanner: Scanner, tmp_path: Path) -> None:
    before = set(_servers())
    assert _scanned(scanner, tmp_path / "a.txt", MAIL) == (["bo@example.se"], [])
    [server] = set(_servers()) - before
    os.kill(server, signal.SIGKILL)
    os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)
    assert _scanned(scanner, tmp_path / "b.txt", MAIL) == (["bo@example.se"], [])


def test_a_server_that_dies_over_a_file_costs_that_one_only(scanner: Scanner, tmp_path: Path) -> None:
    before = set(_servers())
    (tmp_path / "a.txt").write_bytes(LONG)
    [file] = walking.files_below(str(tmp_path / "a.txt"))
    scanned = scanner.scan(file, walking.opened(file))
    first = next(scanned)
    [server] = set(_servers()) - before
    os.kill(server, signal.SIGKILL)
    found, unread = _told(chain([first], scanned))
    assert 0 < len(found) < LONG.count(b"\n")
    assert unread == [("", "damaged")]
    assert _scanned(scanner, tmp_path / "b.txt", MAIL) == (["bo@example.se"], [])


def test_names_that_the_firm_has_on_file_are_known_and_stand_in_no_list_of_processes(tmp_path: Path) -> None:
    path, before = tmp_path / "a.txt", set(_servers())
    path.write_text("Ring Qvintus Xanthander.")
    [file] = walking.files_below(str(path))
    with scanning.scanner(own=lambda: ["Qvintus Xanthander", "Bo Dahl"]) as scanner:
        found = [one.value for one in scanner.scan(file, walking.opened(file)) if isinstance(one, Finding)]
        [server] = set(_servers()) - before
        asked = Path(f"/proc/{server}/cmdline").read_bytes()
    assert found == ["Qvintus Xanthander"]
    assert b"Xanthander" not in asked


def test_without_the_firms_names_such_a_name_is_nobodys(scanner: Scanner, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ring Qvintus Xanthander.")
    [file] = walking.files_below(str(path))
    assert list(scanner.scan(file, walking.opened(file))) == []
