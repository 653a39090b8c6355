"""DAT-04: people's data lies in few places that we know of. Broken by files that lie there and days that pass."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.datamap import index_file, source_details
from tryggve.domains.datamap.models import Scan, Source
from tryggve.domains.datamap.services import deleting, goals, reviewing, scans, sources
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people

pytestmark = pytest.mark.django_db(transaction=True)

_DAY = timedelta(days=1)
_PROVED = ("PROVED", "")


@pytest.fixture(autouse=True)
def no_index() -> Iterator[None]:
    index_file.path().unlink(missing_ok=True)
    yield
    index_file.path().unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    """A place with a list of customers that somebody really looked through."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk/kunder.csv").write_text("Namn;E-post\nBo Dahl;bo@example.se\nAda Lund;ada@example.se\n")
    told = source_details.Told(title="Disk", where=str(tmp_path / "disk"))
    source = sources.add_folder(told=told, is_watched=False, actor=MACHINE, at=NOW)
    _look_through(source)
    return source


def _look_through(source: Source, days: int = 0) -> Scan:
    at = NOW + days * _DAY
    scan = scans.ask(source=source.pk, why=Scan.Why.ASKED, actor=MACHINE, at=at)
    return scans.run(scan, now=lambda: at)


def _found(days: int = 0) -> tuple[str, str]:
    return measured.found("DAT-04", NOW + days * _DAY)


def test_without_a_place_it_is_unknown_and_asks_for_one(firm: object) -> None:
    assert _found() == ("unknown", "no-place")


def test_place_that_was_never_looked_through_makes_it_unknown(disk: Source, tmp_path: Path) -> None:
    assert _found() == _PROVED
    (tmp_path / "other").mkdir()
    told = source_details.Told(title="Other", where=str(tmp_path / "other"))
    other = sources.add_folder(told=told, is_watched=False, actor=MACHINE, at=NOW)
    assert _found() == ("unknown", "awaited")
    Scan.objects.create(source=other, why="ASKED", state="FAILED", asked_at=NOW, ended_at=NOW)
    assert _found() == ("unknown", "awaited")
    sources.remove(source=other.pk, actor=MACHINE, at=NOW)
    assert _found() == _PROVED


def test_what_was_found_is_told(disk: Source) -> None:
    mapped.unread(disk, "locked.zip", "encrypted")
    Scan.objects.update(not_scanned=1)
    facts = measured.facts("DAT-04", NOW)
    assert {name: facts[name] for name in ("places", "holding", "files", "waiting", "not_read")} == {
        "places": 1, "holding": 1, "files": 1, "waiting": 0, "not_read": 1,
    }  # fmt: skip
    assert facts["scanned_on"] == "2026-03-02"


def test_file_that_waits_for_more_than_a_month_fails_until_somebody_decides(disk: Source, anna: User) -> None:
    _look_through(disk, 29)
    assert _found(29) == _PROVED
    assert _found(30) == ("FAILING", "waiting")
    # It was found as long ago, however often the place is looked through since.
    _look_through(disk, 30)
    assert _found(30) == ("FAILING", "waiting")
    measured.attest("DAT-04", anna, NOW + 30 * _DAY)
    assert measured.state("DAT-04", NOW + 30 * _DAY) is State.FAILING

    file = disk.files.get()
    reviewing.review(file=file.pk, reason="The law", actor=MACHINE, at=NOW + 30 * _DAY)
    assert _found(30) == _PROVED
    reviewing.take_back(file=file.pk, actor=MACHINE, at=NOW + 30 * _DAY)
    assert _found(30) == ("FAILING", "waiting")
    deleting.delete(file=file.pk, actor=MACHINE, at=NOW + 30 * _DAY)
    assert _found(30) == _PROVED


def test_place_that_was_not_looked_through_for_a_month_fails(disk: Source) -> None:
    deleting.delete(file=disk.files.get().pk, actor=MACHINE, at=NOW)
    assert _found(36) == _PROVED
    assert _found(37) == ("FAILING", "not-lately")
    # A time that was broken off tells nothing.
    Scan.objects.create(source=disk, why="ASKED", state="STOPPED", asked_at=NOW, ended_at=NOW + 37 * _DAY)
    assert _found(37) == ("FAILING", "not-lately")
    _look_through(disk, 37)
    assert _found(37) == _PROVED


def test_more_places_than_the_goal_fail_also_where_data_may_stay(disk: Source, tmp_path: Path) -> None:
    other = mapped.folder(tmp_path / "other", title="Other")
    kept = lying(other, tmp_path / "other/books.csv", people(range(3)))
    goals.set_goal(places=2, actor=MACHINE, at=NOW)
    assert _found() == _PROVED
    goals.set_goal(places=1, actor=MACHINE, at=NOW)
    assert _found() == ("FAILING", "above-goal")
    # To say that it may stay moves nothing away.
    reviewing.review(file=kept.pk, reason="The law", actor=MACHINE, at=NOW)
    assert _found() == ("FAILING", "above-goal")
    deleting.delete(file=kept.pk, actor=MACHINE, at=NOW)
    assert _found() == _PROVED
    assert measured.facts("DAT-04", NOW)["goal"] == 1
