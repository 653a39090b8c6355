"""The map counts places, files and persons, and says what is oldest, riskiest, double and unread."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import NOW, PASSWORD
from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.roles import Role
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.selectors import overview
from tryggve.domains.datamap.selectors.ages import Age
from tryggve.domains.datamap.services import reviewing, sources
from tryggve.domains.datamap.services.scans import keeping
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people

pytestmark = pytest.mark.django_db
HOME = "/protection/data-map/"
_YEAR = timedelta(days=366)


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


def _page(browser: Client) -> str:
    answer = browser.get(HOME)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_places_that_hold_data_are_counted_also_where_it_may_stay(disk: Source, tmp_path: Path) -> None:
    mapped.folder(tmp_path / "empty", title="Empty")
    books = mapped.folder(tmp_path / "books", title="Books")
    lying(disk, tmp_path / "disk/a.csv", people(range(3)))
    kept = lying(books, tmp_path / "books/b.csv", people(range(2)))
    reviewing.review(file=kept.pk, reason="The law", actor=MACHINE, at=NOW)

    told = overview.the_map(at=NOW)
    assert (told.places, told.files, overview.places_holding()) == (2, 1, 2)
    assert [(one.holding, one.reviewed) for one in told.sources] == [(1, 0), (0, 0), (1, 1)]

    sources.remove(source=disk.pk, actor=MACHINE, at=NOW)
    told = overview.the_map(at=NOW)
    assert (told.places, told.files, len(told.removed)) == (1, 0, 1)


def test_persons_of_a_place_are_counted_once_each(disk: Source, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(10)))
    lying(disk, tmp_path / "disk/b.csv", people(range(5, 15)))
    lying(disk, tmp_path / "disk/c.csv", [(Kind.PHONE, "070-174 06 05"), (Kind.PERSON, "Cilla Åkerström")])
    told = overview.the_map(at=NOW)
    assert (told.people.persons, [one.persons for one in told.sources]) == (15, [15])


def test_kinds_are_told_by_how_old_their_files_are(disk: Source, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/new.csv", people(range(2)))
    lying(disk, tmp_path / "disk/old.csv", people(range(2)), changed=NOW - 8 * _YEAR)
    lying(disk, tmp_path / "disk/mid.csv", [(Kind.CARD, "4111111111111111")], changed=NOW - 2 * _YEAR)
    assert overview.the_map(at=NOW).cells == {
        (Kind.EMAIL, Age.YEAR): 1,
        (Kind.EMAIL, Age.OLDER): 1,
        (Kind.CARD, Age.THREE): 1,
    }


def test_riskiest_and_oldest_lists_come_first(disk: Source, tmp_path: Path) -> None:
    grave = lying(disk, tmp_path / "disk/a.txt", [(Kind.SE_PERSONNUMMER, "19121212-1212"), *people([1])])
    old = lying(disk, tmp_path / "disk/b.csv", people(range(6)), changed=NOW - 9 * _YEAR)
    new = lying(disk, tmp_path / "disk/c.csv", people(range(10, 40)))
    told = overview.the_map(at=NOW)
    assert told.riskiest[0].pk == grave.pk
    # One person is no list.
    assert [one.pk for one in told.oldest] == [old.pk, new.pk]


def test_what_could_not_be_looked_into_is_told_with_the_reason(
    disk: Source, as_anna: Client, tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        mapped.unread(disk, name, "encrypted")
    mapped.unread(disk, "c.doc", "no-reader")
    assert overview.the_map(at=NOW).reasons == [("encrypted", 2), ("no-reader", 1)]
    page = _page(as_anna)
    assert "locked with a password" in page
    assert "2 files</span>" in page


def test_map_names_no_file(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    """To see what files are called takes a second factor and is in the log; the map takes neither."""
    lying(disk, tmp_path / "disk/Cilla Åkerström.csv", people(range(6)))
    page = _page(as_anna)
    assert "CSV file" in page
    assert "Cilla" not in page


def test_empty_map_asks_for_a_place(as_anna: Client) -> None:
    page = _page(as_anna)
    assert f'href="{HOME}places/add/"' in page
    assert "<svg" not in page


def test_auditor_sees_numbers_and_no_way_into_files(disk: Source, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(6)))
    rut = accounts.create_user(
        email="rut@example.se", password=PASSWORD, name="Rut", language="en", role=Role.AUDITOR
    )
    page = _page(signing_in.browser_of(rut))
    assert "CSV file" in page
    assert f"{HOME}files/" not in page


def test_map_asks_as_often_however_many_files_and_places(
    disk: Source, as_anna: Client, tmp_path: Path
) -> None:
    lying(disk, tmp_path / "disk/first.csv", people(range(6)))
    few = asked(as_anna, HOME)
    for place in range(4):
        source = mapped.folder(tmp_path / f"more{place}", title=f"More {place}", at=timezone.now())
        for number in range(8):
            lying(source, tmp_path / f"more{place}/{number}.csv", people(range(number, number + 9)))
        mapped.unread(source, "x.zip", "encrypted")
    many = asked(as_anna, HOME)
    assert (len(few), len(many)) == (14, 14), "\n".join(many)


def test_picture_of_a_map_is_drawn_without_a_style(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(6)))
    page = _page(as_anna)
    assert '<table class="heat">' in page
    assert 'class="strip-year" x="0.0"' in page
    assert " style=" not in page


def test_file_that_is_gone_counts_nowhere(disk: Source, tmp_path: Path) -> None:
    gone = lying(disk, tmp_path / "disk/a.csv", people(range(6)))
    assert overview.the_map(at=NOW).places == 1
    keeping.gone(disk, [gone.pk])
    told = overview.the_map(at=NOW)
    assert (told.places, told.files, told.people.persons, File.objects.get().state) == (0, 0, 0, "GONE")


def test_last_scan_is_told_however_often_another_place_is_looked_through(
    disk: Source, tmp_path: Path
) -> None:
    watched = mapped.folder(tmp_path / "watched", title="Watched", at=NOW + timedelta(days=1))
    Scan.objects.bulk_create(
        Scan(source=watched, why="WATCH", state="DONE", asked_at=NOW + timedelta(days=2))
        for _one in range(600)
    )
    told = overview.the_map(at=NOW + timedelta(days=3))
    assert [one.scan is not None for one in told.sources] == [True, True]
