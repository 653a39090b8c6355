"""Copies of the same list are shown together, so that all but one can go."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import NOW
from tests.counting import asked
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.selectors import people_found, shown_files
from tryggve.domains.datamap.services import deleting, sources
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people

pytestmark = pytest.mark.django_db
HOME = "/protection/data-map/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


def _page(browser: Client, address: str = f"{HOME}files/same/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_files_with_the_same_persons_are_a_group(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    first = lying(disk, tmp_path / "disk/new.csv", people(range(20)))
    other = lying(disk, tmp_path / "disk/old.txt", people(range(1, 21)), changed=NOW - timedelta(days=900))
    third = lying(disk, tmp_path / "disk/copy.csv", people(range(20)))
    lying(disk, tmp_path / "disk/else.csv", people(range(40, 60)))
    [group] = people_found.people().same
    assert (set(group.files), group.persons) == ({first.pk, other.pk, third.pk}, 19)

    assert "3 files hold the same 19 persons." in _page(as_anna, HOME)
    page = _page(as_anna)
    assert page.count('name="files"') == 3
    assert page.index("old.txt") < page.index("new.csv")
    assert "else.csv" not in page


def test_values_of_one_person_more_make_no_other_person(disk: Source, tmp_path: Path) -> None:
    both = [*people(range(8)), *((Kind.PHONE, f"070-174 06 {number:02}") for number in range(8))]
    for name in ("a", "b"):
        lying(disk, tmp_path / f"disk/{name}.csv", both)
    [group] = people_found.people().same
    assert group.persons == 8


def test_group_ends_when_the_copy_is_deleted_or_its_place_is_gone(disk: Source, tmp_path: Path) -> None:
    other = mapped.folder(tmp_path / "other", title="Other")
    lying(disk, tmp_path / "disk/a.csv", people(range(9)))
    lying(other, tmp_path / "other/a.csv", people(range(9)))
    copy = lying(disk, tmp_path / "disk/b.csv", people(range(9)))
    assert len(people_found.people().same[0].files) == 3
    deleting.delete(file=copy.pk, actor=MACHINE, at=NOW)
    assert len(people_found.people().same[0].files) == 2
    sources.remove(source=other.pk, actor=MACHINE, at=NOW)
    assert people_found.people().same == []


def test_page_asks_as_often_however_many_files(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    for name in ("a", "b"):
        lying(disk, tmp_path / f"disk/{name}.csv", people(range(9)))
    few = asked(as_anna, f"{HOME}files/same/")
    for number in range(12):
        lying(
            disk, tmp_path / f"disk/c{number}.csv", people(range(10 * (number // 3), 10 * (number // 3) + 9))
        )
    assert len(asked(as_anna, f"{HOME}files/same/")) == len(few)


def test_file_that_is_gone_is_not_shown(disk: Source, tmp_path: Path) -> None:
    file = lying(disk, tmp_path / "disk/a.csv", people(range(9)))
    assert file.pk in shown_files.these([file.pk])
    File.objects.filter(pk=file.pk).update(state="GONE")
    assert shown_files.these([file.pk]) == {}


def test_nothing_double_says_so(as_anna: Client) -> None:
    assert "No list was found twice" in _page(as_anna)
