"""Several files at once: told what would become of each, done after a yes, and told what was left and why."""

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggve.audit.models import Entry
from tryggve.domains.datamap.models import File, SafeCopy, Source
from tryggve.domains.datamap.services import bulk
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db
FILES = "/protection/data-map/files/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk", at=timezone.now())


@pytest.fixture
def three(disk: Source, tmp_path: Path) -> list[UUID]:
    return [lying(disk, tmp_path / f"disk/{name}.csv", people(range(4))).pk for name in "abc"]


def _post(browser: Client, deed: str, files: list[UUID], **said: str) -> str:
    answer = browser.post(f"{FILES}{deed}/", {"files": list(map(str, files)), **said}, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_preview_of_deleting_changes_nothing(as_anna: Client, three: list[UUID], tmp_path: Path) -> None:
    page = _post(as_anna, "delete", three)
    assert "Delete 3 files" in page
    assert page.count('type="hidden" name="files"') == 3
    assert (SafeCopy.objects.count(), len(list((tmp_path / "disk").iterdir()))) == (0, 3)


def test_each_is_deleted_with_a_receipt(as_anna: Client, three: list[UUID], tmp_path: Path) -> None:
    page = _post(as_anna, "delete", three[:2], sure="yes")
    assert "2 files were deleted." in page
    assert sorted(one.name for one in (tmp_path / "disk").iterdir()) == ["c.csv"]
    assert SafeCopy.objects.filter(state="KEPT").count() == 2
    assert Entry.objects.filter(action="datamap.file-deleted").count() == 2


def test_file_that_was_changed_or_has_gone_stops_no_other(
    as_anna: Client, three: list[UUID], tmp_path: Path
) -> None:
    (tmp_path / "disk/a.csv").write_text("Something else\n")
    (tmp_path / "disk/b.csv").unlink()
    preview = _post(as_anna, "delete", three)
    assert "Delete 1 file" in preview
    left = preview[preview.index("Left where they are") :]
    assert "was changed since Tryggve looked into it" in left
    assert "It isn&#x27;t there any more." in left

    page = _post(as_anna, "delete", three, sure="yes")
    assert "1 file was deleted." in page
    assert page.count("1 file was left:") == 2
    assert sorted(one.name for one in (tmp_path / "disk").iterdir()) == ["a.csv"]


def test_message_is_left_in_its_mailbox(as_anna: Client, three: list[UUID]) -> None:
    message = mapped.message(mapped.mailbox(at=timezone.now()), people(range(3)))
    page = _post(as_anna, "delete", [message.pk])
    assert "None of them can be deleted here" in page
    assert "dealt with there" in page
    assert "1 file was left:" in _post(as_anna, "delete", [message.pk], sure="yes")
    assert File.objects.get(pk=message.pk).state == "THERE"


def test_several_may_stay_for_one_reason(as_anna: Client, three: list[UUID]) -> None:
    assert "Why may these files stay?" in _post(as_anna, "review", three)
    assert "Why may these files stay?" in _post(as_anna, "review", three, sure="yes", reason=" ")
    assert File.objects.filter(state="REVIEWED").count() == 0
    page = _post(as_anna, "review", three[:2], sure="yes", reason="The law")
    assert "2 files may stay." in page
    assert set(File.objects.filter(state="REVIEWED").values_list("pk", flat=True)) == set(three[:2])
    assert Entry.objects.filter(action="datamap.file-reviewed").count() == 2


@pytest.mark.parametrize("deed", ["delete", "review"])
def test_nothing_ticked_is_told(as_anna: Client, three: list[UUID], deed: str) -> None:
    for ticked in ([], ["x"], [str(new_id()) for _one in range(bulk.MOST + 1)]):
        answer = as_anna.post(f"{FILES}{deed}/", {"files": ticked, "sure": "yes", "reason": "y"}, follow=True)
        assert "Tick one or more files first" in answer.content.decode()


def test_unknown_file_is_told_as_gone() -> None:
    done = bulk.delete([new_id()], actor=MACHINE, at=timezone.now())
    assert (done.done, done.refused) == (0, {"It isn't there any more.": 1})


def test_preview_asks_as_often_however_many(as_anna: Client, three: list[UUID]) -> None:
    """But for in which place each lies, which is asked anew for each before anything is opened there."""
    counts = []
    for files in (three[:1], three):
        _post(as_anna, "delete", files)
        with CaptureQueriesContext(connection) as queries:
            _post(as_anna, "delete", files)
        counts.append(sum('FROM "datamap_source"' not in one["sql"] for one in queries))
    assert counts[0] == counts[1]
