"""A scan waits, goes on and ends as people want it, and comes again by itself when it is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.domains.datamap import index_file, routines, source_details, starting
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.origins.folder import Folder
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.services.scans import running
from tryggve.domains.datamap.tests.mapped import MACHINE

pytestmark = [pytest.mark.django_db(transaction=True)]
_DAY = timedelta(days=1)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "papers").mkdir()
    for number in range(4):
        (tmp_path / "papers" / f"{number}.txt").write_text(f"Ring kund{number}@example.se\n")
    return tmp_path / "papers"


@pytest.fixture
def source(papers: Path) -> Source:
    told = source_details.Told(title="Papper", where=str(papers))
    return sources.add_folder(told=told, is_watched=False, actor=MACHINE, at=NOW)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Each time that a process would be started."""
    times: list[bool] = []
    monkeypatch.setattr(starting, "start", lambda: times.append(True))
    return times


def _ask(source: Source) -> Scan:
    return scans.ask_now(source=source.pk, actor=MACHINE, at=NOW)


def _clock(*, each: Callable[[int], None] = lambda _asked: None) -> Callable[[], datetime]:
    """Three seconds later each time, so that people are heard after every file."""
    asked = 0

    def now() -> datetime:
        nonlocal asked
        asked += 1
        each(asked)
        return NOW + timedelta(seconds=3 * asked)

    return now


def _wanting(deed: Callable[[], None]) -> Callable[[], datetime]:
    """Somebody does that once two files or so were looked into."""

    def each(_asked: int) -> None:
        if File.objects.count() == 2 and not done:
            done.append(True)
            deed()

    done: list[bool] = []
    return _clock(each=each)


def test_paused_while_it_runs_it_goes_on_where_it_was(source: Source) -> None:
    scan = _ask(source)
    paused = scans.run(scan, now=_wanting(lambda: scans.pause(scan.pk)))
    assert (paused.state, paused.ended_at) == ("PAUSED", None)
    read = paused.files_read
    assert 2 <= read < 4
    assert scans.next_waiting() is None
    scans.go_on(scan.pk)
    waiting = scans.next_waiting()
    assert waiting == scan
    done = scans.run(Scan.objects.get(pk=scan.pk), now=_clock())
    assert (done.state, done.files_done, done.files_read, File.objects.count()) == ("DONE", 4, 4, 4)


def test_stopped_while_it_runs_it_ends_and_what_was_found_stays(source: Source) -> None:
    scan = _ask(source)
    stopped = scans.run(scan, now=_wanting(lambda: scans.stop(scan.pk, at=NOW)))
    assert (stopped.state, stopped.ended_at is None) == ("STOPPED", False)
    assert 2 <= File.objects.filter(is_holding=True).count() < 4
    with pytest.raises(scans.NothingToDo):
        scans.go_on(scan.pk)


def test_change_of_mind_before_it_is_heard_leaves_it_running(source: Source) -> None:
    def twice() -> None:
        scans.pause(scan.pk)
        scans.go_on(scan.pk)

    scan = _ask(source)
    assert scans.run(scan, now=_wanting(twice)).state == "DONE"


def test_nothing_is_taken_for_gone_before_all_were_seen(source: Source, papers: Path) -> None:
    scans.run(_ask(source), now=_clock())
    for one in papers.iterdir():
        one.write_text(one.read_text() * 2)
    (papers / "3.txt").unlink()
    scan = _ask(source)
    stopping = _clock(each=lambda asked: scans.stop(scan.pk, at=NOW) if asked == 3 else None)
    assert scans.run(scan, now=stopping).state == "STOPPED"
    assert not File.objects.filter(state=File.State.GONE).exists()


@pytest.mark.parametrize(
    ("state", "watched", "after", "is_asked"),
    [
        ("DONE", False, timedelta(days=29), False),
        ("DONE", False, timedelta(days=30), True),
        ("DONE", True, timedelta(minutes=9), False),
        ("DONE", True, timedelta(minutes=10), True),
        ("FAILED", False, timedelta(minutes=59), False),
        ("FAILED", False, timedelta(hours=1), True),
        ("STOPPED", False, timedelta(days=90), False),
        ("STOPPED", True, timedelta(days=90), False),
        ("PAUSED", False, timedelta(days=90), False),
        ("PAUSED", True, timedelta(days=90), False),
    ],
)
def test_place_is_looked_through_when_it_is_due(
    source: Source, state: str, watched: bool, after: timedelta, is_asked: bool
) -> None:
    Source.objects.update(is_watched=watched)
    Scan.objects.create(source=source, why="ASKED", state=state, asked_at=NOW)
    scans.ask_for_due(at=NOW + after)
    scans.ask_for_due(at=NOW + after)
    why = Scan.Why.WATCH if watched else Scan.Why.MONTHLY
    assert list(Scan.objects.filter(state="WAITING").values_list("why", flat=True)) == [why] * is_asked


def test_place_that_nobody_looked_through_is_due(source: Source, started: list[bool]) -> None:
    routines.scan(NOW)
    assert (Scan.objects.get().state, started) == ("WAITING", [True])


def test_place_that_was_taken_away_is_not_looked_through(source: Source, started: list[bool]) -> None:
    waiting = _ask(source)
    sources.remove(source=source.pk, actor=MACHINE, at=NOW)
    routines.scan(NOW + 60 * _DAY)
    assert (Scan.objects.count(), scans.next_waiting(), started) == (1, None, [])
    with pytest.raises(sources.NoSuchSource):
        _ask(source)
    assert waiting.pk is not None


def test_lost_index_is_due_soon_and_made_anew(source: Source) -> None:
    scans.run(_ask(source), now=lambda: NOW)
    before = sorted(index_file.tags())
    index_file.path().unlink()
    scans.ask_for_due(at=NOW + timedelta(minutes=9))
    assert scans.next_waiting() is None
    scans.ask_for_due(at=NOW + timedelta(minutes=10))
    waiting = scans.next_waiting()
    assert waiting is not None
    assert scans.run(waiting, now=lambda: NOW).files_read == 4
    assert sorted(index_file.tags()) == before
    scans.ask_for_due(at=NOW + timedelta(minutes=30))
    assert scans.next_waiting() is None


def test_killed_while_the_index_is_made_anew_the_rest_follows(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans.run(_ask(source), now=lambda: NOW)
    before = sorted(index_file.tags())
    index_file.path().unlink()

    def broken(*_asked: object) -> str:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(running._Running, "_each", broken)
        with pytest.raises(InterruptedError):
            scans.run(_ask(source), now=lambda: NOW)
    again = Scan.objects.get(state=Scan.State.RUNNING)
    assert scans.run(again, now=lambda: NOW).files_read == 4
    assert sorted(index_file.tags()) == before


def test_order_is_text_first_and_pictures_last(papers: Path, source: Source) -> None:
    for name in ("a.png", "b.pdf", "c.unknown", "d.xlsx", "e.csv"):
        (papers / name).write_text("x")
    names = [Path(file.path).name for file in Folder(str(papers)).files()]
    assert names[-5:] == ["e.csv", "d.xlsx", "c.unknown", "b.pdf", "a.png"]
