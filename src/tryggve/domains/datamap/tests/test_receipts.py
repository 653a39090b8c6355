"""A receipt says what was deleted, when and by whom, with a fingerprint; for a month the file can be had back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.counting import asked
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.datamap import known
from tryggve.domains.datamap.models import File, SafeCopy, Source
from tryggve.domains.datamap.services import deleting
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people

pytestmark = pytest.mark.django_db
HOME = "/protection/data-map/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk", at=timezone.now())


@pytest.fixture
def old_list(disk: Source, tmp_path: Path) -> File:
    return lying(disk, tmp_path / "disk/mässan.csv", people(range(4)))


def _page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_deleting_says_first_what_it_does(old_list: File, as_anna: Client, tmp_path: Path) -> None:
    page = _page(as_anna, f"{HOME}files/{old_list.pk}/delete/")
    assert "mässan.csv" in page
    assert "encrypted copy for 30 days" in page
    assert (tmp_path / "disk/mässan.csv").exists()


def test_receipt_says_what_when_by_whom_and_of_what_content(
    old_list: File, as_anna: Client, anna: User
) -> None:
    digest = known.place_of(old_list).digest
    answer = as_anna.post(f"{HOME}files/{old_list.pk}/delete/")
    page = _page(as_anna, answer["Location"])
    copy = SafeCopy.objects.get()
    assert len(digest) == 32
    for told in ("mässan.csv", digest, "Anna Ek", str(copy.pk), "e-mail addresses"):
        assert told in page
    [entry] = Entry.objects.filter(action="datamap.file-deleted")
    assert (entry.actor, entry.facts) == (anna.actor, {"copy": str(copy.pk), "persons": 4})
    assert "mässan.csv" in _page(as_anna, f"{HOME}deleted/")


def test_file_is_had_back(old_list: File, as_anna: Client, anna: User, tmp_path: Path) -> None:
    before = (tmp_path / "disk/mässan.csv").read_bytes()
    receipt = as_anna.post(f"{HOME}files/{old_list.pk}/delete/")["Location"]
    as_anna.post(f"{receipt}have-back/")
    assert (tmp_path / "disk/mässan.csv").read_bytes() == before
    assert "the file was had back" in _page(as_anna, receipt)
    assert "have-back" not in _page(as_anna, receipt)
    assert Entry.objects.get(action="datamap.file-had-back").actor == anna.actor


def test_another_file_in_its_place_is_not_written_over(
    old_list: File, as_anna: Client, tmp_path: Path
) -> None:
    receipt = as_anna.post(f"{HOME}files/{old_list.pk}/delete/")["Location"]
    (tmp_path / "disk/mässan.csv").write_text("new")
    page = as_anna.post(f"{receipt}have-back/", follow=True).content.decode()
    assert "Another file lies there now" in page
    assert (tmp_path / "disk/mässan.csv").read_text() == "new"


def test_after_a_month_the_receipt_is_left_without_the_name(old_list: File, as_anna: Client) -> None:
    receipt = as_anna.post(f"{HOME}files/{old_list.pk}/delete/")["Location"]
    deleting.destroy_due(at=timezone.now() + timedelta(days=31))
    page = _page(as_anna, receipt)
    assert "mässan.csv" not in page
    assert "was destroyed" in page
    assert "Anna Ek" in page
    assert "have-back" not in page


def test_file_that_was_changed_is_refused_in_words(old_list: File, as_anna: Client, tmp_path: Path) -> None:
    (tmp_path / "disk/mässan.csv").write_text("new")
    answer = as_anna.post(f"{HOME}files/{old_list.pk}/delete/")
    assert "was changed since Tryggve looked into it" in answer.content.decode()
    assert not SafeCopy.objects.exists()


def test_list_asks_as_often_however_many(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    assert "Nothing was deleted yet" in _page(as_anna, f"{HOME}deleted/")
    counts = []
    for number in range(3):
        file = lying(disk, tmp_path / f"disk/{number}.csv", people(range(4)))
        deleting.delete(file=file.pk, actor=MACHINE, at=timezone.now())
        counts.append(len(asked(as_anna, f"{HOME}deleted/")))
    assert len(set(counts)) == 1
