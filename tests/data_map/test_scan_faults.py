"""A scan that is killed, or whose disk is full or gone, goes on later: nothing is found twice or taken for gone."""

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from django.db import OperationalError

from tests.cast import NOW
from tests.data_map import child
from tryggve import vault
from tryggve.domains.datamap import index_file, known, processes, source_details, value_tags
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.origins import Empty, folder
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.services.scans import running
from tryggve.lib import write_points

pytestmark = [pytest.mark.django_db(transaction=True)]
_ANNA = child.MACHINE
_POINTS = ["datamap: values known, rows not written", "datamap: rows written"]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three lists, two with the same person."""
    made = tmp_path / "papers"
    made.mkdir()
    for name, text in (("a", "ada@example.se"), ("b", "bo@example.se"), ("c", "ada@example.se")):
        (made / f"{name}.txt").write_text(f"Ring {text}\n")
    return made


@pytest.fixture
def source(papers: Path) -> Source:
    told = source_details.Told(title="Papper", where=str(papers))
    return sources.add_folder(told=told, is_watched=False, actor=_ANNA, at=NOW)


def _ask(source: Source) -> Scan:
    return scans.ask_now(source=source.pk, actor=_ANNA, at=NOW)


def _scan(source: Source) -> Scan:
    scan = _ask(source)
    return scans.run(scan, now=lambda: NOW)


def _paths() -> list[str]:
    rows = File.objects.select_related("source").exclude(state=File.State.GONE)
    return sorted(Path(known.place_of(row).path).name for row in rows)


def _require_agreement() -> None:
    """The index names those files, and no others, in which values stand."""
    holding = set(File.objects.filter(persons__gt=0).values_list("pk", flat=True))
    assert {file for file, _tag in index_file.tags_by_file()} == holding


def _at(point: str, deed: Callable[[], None]) -> None:
    def reached(name: str) -> None:
        if name == point:
            write_points.cut_with(None)
            deed()

    write_points.cut_with(reached)


@pytest.mark.process
@pytest.mark.parametrize("point", _POINTS)
def test_killed_scan_goes_on_and_finds_nothing_twice(source: Source, point: str) -> None:
    scan = _ask(source)
    assert child.run("scan", point) == -signal.SIGKILL
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.RUNNING
    assert child.run("scan", "") == 0
    scan.refresh_from_db()
    assert (scan.state, scan.files, scan.holding) == ("DONE", 3, 3)
    assert _paths() == ["a.txt", "b.txt", "c.txt"]
    assert len(index_file.tags()) == 2
    _require_agreement()


def test_one_turn_for_all_processes() -> None:
    with scans.held(), pytest.raises(scans.AlreadyAtIt), scans.held():
        pass


def test_scan_that_breaks_is_over_and_the_next_has_its_turn(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more").mkdir()
    told = source_details.Told(title="More", where=str(tmp_path / "more"))
    other = sources.add_folder(told=told, is_watched=False, actor=_ANNA, at=NOW)
    first, second = _ask(source), _ask(other)
    _at(_POINTS[0], lambda: (_ for _ in ()).throw(OperationalError("database or disk is full")))
    for scan in (first, second):
        processes._run(scan)
    states = [Scan.objects.get(pk=one.pk) for one in (first, second)]
    assert [(one.state, one.cause) for one in states] == [("FAILED", "broke"), ("DONE", "")]


@pytest.mark.parametrize("point", _POINTS)
def test_full_disk_in_mid_scan_costs_only_what_was_not_kept(source: Source, point: str) -> None:
    def full() -> None:
        raise OperationalError("database or disk is full")

    scan = _ask(source)
    _at(point, full)
    with pytest.raises(OperationalError):
        scans.run(scan, now=lambda: NOW)
    assert _scan(source).holding == 3
    assert _paths() == ["a.txt", "b.txt", "c.txt"]
    _require_agreement()


def test_index_that_is_full_leaves_no_rows_without_values(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself says so: the file may not grow beyond its first pages."""
    opened = sqlite3.connect

    def small(*asked: object, **more: object) -> sqlite3.Connection:
        connection = opened(*asked, **more)  # type: ignore[call-overload]  # as it was asked for
        connection.execute("PRAGMA max_page_count = 1")
        return cast(sqlite3.Connection, connection)

    index_file.identity()
    scan = _ask(source)
    with monkeypatch.context() as patch:
        patch.setattr(value_tags, "made", lambda marks: [os.urandom(4000) for _mark in marks])
        patch.setattr(sqlite3, "connect", small)
        with pytest.raises(sqlite3.OperationalError):
            scans.run(scan, now=lambda: NOW)
    assert not File.objects.exists()
    assert _scan(source).holding == 3
    _require_agreement()


def test_register_locked_in_mid_scan_waits_and_goes_on(source: Source) -> None:
    def lock() -> None:
        raise vault.NotUnlocked

    scan = _ask(source)
    _at(_POINTS[0], lock)
    with pytest.raises(vault.Locked):
        scans.run(scan, now=lambda: NOW)
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.WAITING
    assert scans.run(Scan.objects.get(pk=scan.pk), now=lambda: NOW).holding == 3
    _require_agreement()


def test_place_that_cannot_be_opened_fails_in_a_code(source: Source) -> None:
    vault.keyring().destroy_keys([source.key_ref])
    scan = _scan(source)
    assert (scan.state, scan.cause) == ("FAILED", "cannot-open")


def test_folder_that_vanished_marks_nothing_as_gone(source: Source, papers: Path) -> None:
    _scan(source)
    papers.rename(papers.with_name("away"))
    scan = _scan(source)
    assert (scan.state, scan.cause) == ("FAILED", "unreachable")
    assert File.objects.filter(state=File.State.THERE, is_holding=True).count() == 3
    papers.with_name("away").rename(papers)
    assert (_scan(source).state, _paths()) == ("DONE", ["a.txt", "b.txt", "c.txt"])


def test_folder_that_vanishes_in_mid_scan_keeps_what_was_found(source: Source, papers: Path) -> None:
    _scan(source)
    for one in papers.iterdir():
        os.utime(one, ns=(1, 1))
        one.write_text(one.read_text() + " och eva@example.se")

    def gone(_self: folder.Folder, _file: object) -> str:
        papers.rename(papers.with_name("away"))
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder.Folder, "digest", gone)
        scan = _scan(source)
    assert (scan.state, scan.cause) == ("FAILED", "unreachable")
    assert File.objects.filter(state=File.State.THERE, is_holding=True, not_scanned="").count() == 3


def test_empty_mount_point_marks_nothing_as_gone(
    source: Source, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk that lay there was taken away: the folder is there, on another one, with nothing in it."""
    _scan(source)
    for one in papers.iterdir():
        one.unlink()
    monkeypatch.setattr(folder.Folder, "filesystem", lambda _self: "another")
    scan = _scan(source)
    assert (scan.state, scan.cause) == ("FAILED", Empty.code)
    assert File.objects.filter(state=File.State.THERE).count() == 3


def test_folder_that_was_emptied_holds_nothing_any_more(source: Source, papers: Path) -> None:
    _scan(source)
    for one in papers.iterdir():
        one.unlink()
    assert (_scan(source).state, _paths(), index_file.tags()) == ("DONE", [], set())


def test_file_with_another_time_and_the_same_content_is_not_read_again(source: Source, papers: Path) -> None:
    _scan(source)
    os.utime(papers / "a.txt", ns=(1, 1))
    assert _scan(source).files_read == 0
    [noted] = [
        place for row in File.objects.select_related("source")
        if (place := known.place_of(row)).path.endswith("a.txt")
    ]  # fmt: skip
    assert noted.changed_ns == 1


def test_file_that_comes_back_is_looked_into_again(source: Source, papers: Path) -> None:
    _scan(source)
    (papers / "a.txt").rename(papers.parent / "away")
    assert (_scan(source).holding, _paths()) == (2, ["b.txt", "c.txt"])
    (papers.parent / "away").rename(papers / "a.txt")
    assert (_scan(source).holding, _paths()) == (3, ["a.txt", "b.txt", "c.txt"])
    _require_agreement()


def test_file_that_nobody_could_look_into_is_tried_again_though_it_is_the_same(source: Source) -> None:
    """What reads it may have been installed since."""
    _scan(source)
    File.objects.update(not_scanned="needs-ocr")
    assert _scan(source).files_read == 3


def test_other_content_of_the_same_size_and_time_is_not_noticed(source: Source, papers: Path) -> None:
    """Documented: only whoever sets the time back on purpose gets there, and newer rules read every file again."""
    _scan(source)
    before = (papers / "a.txt").stat()
    (papers / "a.txt").write_text("Ring eva@example.se\n")
    os.utime(papers / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert _scan(source).files_read == 0


def test_newer_rules_read_every_file_again(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    _scan(source)
    monkeypatch.setattr(known, "RULES", known.RULES + 1)
    monkeypatch.setattr(running, "RULES", known.RULES)
    assert _scan(source).files_read == 3
    assert _paths() == ["a.txt", "b.txt", "c.txt"]


def _ids() -> set[UUID]:
    return set(File.objects.values_list("pk", flat=True))


def test_scan_again_keeps_the_files_identities(source: Source, papers: Path) -> None:
    _scan(source)
    before = _ids()
    (papers / "a.txt").write_text("Ring eva@example.se igen\n")
    _scan(source)
    assert _ids() == before
