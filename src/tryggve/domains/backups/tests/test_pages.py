"""The pages beside the first: copies, restore tests, own folders, other backups, and what to do when all is lost."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from tests.cast import NOW
from tests.counting import asked
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access
from tryggve.domains.backups.models import Copy, Folder, Heartbeat, Place, RestoreTest, Run
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.services import heartbeats
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.on_pages import (
    DAY,
    EVERYTHING,
    HOME,
    browser,
    place,
    proven,
    restored,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def owner() -> Client:
    return browser()


def test_copies_are_pairs_by_date_with_where_they_are(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    run = taken.run(disk, at=now - DAY, kinds=EVERYTHING, bytes_in_all=3_000_000, bytes_added=1_000)
    failed = taken.run(disk, at=now, kinds=[], state=Run.State.FAILED, cause="full")
    Copy.objects.create(run=failed, place=disk, kind=Copy.Kind.DATA, cause="full", at=now)

    page = text_of(owner, f"{HOME}copies/").replace("\xa0", " ")
    assert ("✓ Done" in page, "✗ Failed" in page, "2.9 MB" in page) == (True, True, True)

    one = text_of(owner, f"{HOME}copies/{run.pk}/").replace("\xa0", " ")
    assert ("Red disk: folders of our own" in one, "1000 bytes of it new" in one) == (True, True)
    assert f"{HOME}copies/{run.pk}/files/" in one
    assert "There is no room left." in text_of(owner, f"{HOME}copies/{failed.pk}/")


def test_keys_that_a_place_let_go_of_are_told(owner: Client, now: datetime) -> None:
    run = taken.run(place("Red disk", at=now), at=now - 20 * DAY)
    Copy.objects.filter(run=run, kind=Copy.Kind.KEYS).update(forgotten_at=now)
    page = text_of(owner, f"{HOME}copies/{run.pk}/")
    assert ("Let go of: it was old enough" in page, "No folder of your own" in page) == (True, True)


def test_copy_under_way_is_no_copy_yet(owner: Client, now: datetime) -> None:
    run = taken.run(place("Red disk", at=now), at=now, state=Run.State.RUNNING)
    assert "There is no copy yet" in text_of(owner, f"{HOME}copies/")
    assert owner.get(f"{HOME}copies/{run.pk}/").status_code == 404


def test_test_is_a_proof_with_its_steps(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now, is_elsewhere=True)
    run = taken.run(disk, at=now - DAY)
    proven(run, at=now)
    test = restored(disk, run, at=now)
    page = text_of(owner, f"{HOME}tests/{test.pk}/")

    assert ("✓ Passed" in page, "Red disk</bdi>, in another house" in page, page.count("<li>✓") == 9) == (
        True,
        True,
        True,
    )
    assert ("7 minutes" in page, "2 hours" in page, "20 customers" in page) == (True, True, True)
    assert f"As entry {test.entry} of the log." in page
    assert f"A checkpoint over {test.checkpoint_size} entries was signed at once" in page
    assert "What it doesn't show" in page
    assert f"{HOME}tests/{test.pk}/" in text_of(owner, f"{HOME}tests/")


def test_step_that_had_nobody_to_try_with_is_not_told_as_passed(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    run = taken.run(disk, at=now - DAY)
    test = restored(disk, run, at=now, found={"answered_seconds": 60})
    page = text_of(owner, f"{HOME}tests/{test.pk}/")
    assert ("There was no customer to decrypt yet" in page, "Nobody made up was in this copy" in page) == (
        True,
        True,
    )
    assert ("Nobody made up had been erased yet" in page, page.count("<li>✓")) == (True, 6)

    proven(run, at=now, proven_at=None, pending_until=now + 9 * DAY)
    day = date_format(timezone.localtime(now + 9 * DAY), "DATE_FORMAT")
    assert f"pending until {day}" in text_of(owner, f"{HOME}tests/{test.pk}/")


def test_test_that_failed_says_where_and_why(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    test = restored(
        disk, taken.run(disk, at=now), at=now, state="FAILED", step="hashes", cause="files-differ"
    )
    page = text_of(owner, f"{HOME}tests/{test.pk}/")
    assert "Files in the copy are not what they were when they were copied." in page
    assert (page.count("<li>✓"), page.count("<li>✗"), page.count("<li>–")) == (2, 1, 6)


def test_test_under_way_shows_its_step(owner: Client, now: datetime) -> None:
    test = RestoreTest.objects.create(began_at=now, step="log")
    page = f"{HOME}tests/{test.pk}/"
    text = text_of(owner, page)
    assert ('hx-trigger="every 2s"' in text, "… The log is whole" in text) == (True, True)
    assert "HX-Refresh" not in owner.get(page, headers={"HX-Request": "true"})

    RestoreTest.objects.update(state="UNKNOWN", cause="no-pair")
    assert owner.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "There is no whole copy yet that could be restored." in text_of(owner, page)


def test_a_copy_and_a_test_are_asked_for(owner: Client, now: datetime) -> None:
    place("Red disk", at=now)
    assert owner.post(f"{HOME}run/")["Location"] == HOME
    assert owner.post(f"{HOME}tests/ask/")["Location"] == HOME
    page = text_of(owner, HOME)
    assert ("The backup begins in a moment." in page, "The restore is being tested" in page) == (True, True)
    assert (Run.objects.get().state, RestoreTest.objects.get().state) == ("WAITING", "WAITING")


def test_folder_is_added_removed_and_taken_back(owner: Client, tmp_path: Path) -> None:
    (tmp_path / "Bookkeeping").mkdir()
    page = f"{HOME}folders/"
    assert "No folder of your own is backed up" in text_of(owner, page)

    assert owner.post(f"{page}add/", {"path": str(tmp_path / "Bookkeeping")})["Location"] == page
    assert f"{tmp_path}/Bookkeeping" in text_of(owner, page)
    folder = Folder.objects.get()
    assert owner.post(f"{page}{folder.pk}/remove/")["Location"] == page
    assert "Take it back" in text_of(owner, page)
    assert owner.post(f"{page}{folder.pk}/restore/")["Location"] == page
    assert "Don't back it up any more" in text_of(owner, page)


def test_folder_that_can_not_be_is_told_beside_its_field(owner: Client) -> None:
    answer = owner.post(f"{HOME}folders/add/", {"path": "/nowhere/at/all"})
    assert (answer.status_code, "There is no folder of that name" in answer.content.decode()) == (200, True)
    assert not Folder.objects.exists()


@pytest.mark.usefixtures("firm")
def test_address_of_another_backup_is_shown_once_and_works(owner: Client) -> None:
    said = {"title": "The NAS", "every_days": 1, "kind": "ADDRESS"}
    page = owner.post(f"{HOME}others/add/", said).content.decode()
    path = "/heartbeats/" + page.partition("/heartbeats/")[2].partition("/")[0] + "/"
    assert ("Invoke-RestMethod" in page, "curl --fail" in page) == (True, True)

    assert "? Not heard of yet" in text_of(owner, f"{HOME}others/")
    assert Client().post(path).status_code == 204
    listed = text_of(owner, f"{HOME}others/")
    assert ("✓ In time" in listed, path in listed) == (True, False)

    other = Heartbeat.objects.get()
    assert path not in owner.post(f"{HOME}others/{other.pk}/renew/").content.decode()
    assert Client().post(path).status_code == 404


def test_other_backup_that_is_late_is_told_and_can_be_removed(owner: Client, tmp_path: Path) -> None:
    heartbeats.add_address(title="Anna's laptop", every_days=1, actor="system", at=NOW - 9 * DAY)
    said = {"title": "The NAS", "every_days": 1, "kind": "FOLDER", "path": str(tmp_path)}
    assert owner.post(f"{HOME}others/add/", said)["Location"] == f"{HOME}others/"
    assert "✗ Late" in text_of(owner, f"{HOME}others/")
    for other in Heartbeat.objects.all():
        owner.post(f"{HOME}others/{other.pk}/remove/")
    assert text_of(owner, f"{HOME}others/").count("Take it back") == 2
    owner.post(f"{HOME}others/{Heartbeat.objects.all()[0].pk}/restore/")
    assert text_of(owner, f"{HOME}others/").count("Take it back") == 1


def test_folder_of_another_backup_that_is_not_there_is_told(owner: Client) -> None:
    said = {"title": "The NAS", "every_days": 1, "kind": "FOLDER", "path": "/nowhere"}
    answer = owner.post(f"{HOME}others/add/", said)
    assert (answer.status_code, "There is no folder of that name" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("kind", "access", "typed"),
    [
        (Place.Kind.FOLDER, Access("/media/red"), "/media/red"),
        (
            Place.Kind.REST,
            Access("rest:https://anna:hush@far.example/", details={"address": "https://far.example/"}),
            "rest:https://far.example/",
        ),
        (
            Place.Kind.SFTP,
            Access(
                "sftp:place:/copies",
                files={"key": "hush"},
                details={"host": "far.example", "port": "2222", "user": "anna", "path": "/copies"},
            ),
            "sftp://anna@far.example:2222//copies",
        ),
        (
            Place.Kind.S3,
            Access("s3:https://far.example/bucket", {"AWS_SECRET_ACCESS_KEY": "hush"}),
            "s3:https://far.example/bucket",
        ),
    ],
)
def test_page_for_a_bad_hour_tells_what_to_type_and_no_secret(
    owner: Client, now: datetime, kind: Place.Kind, access: Access, typed: str
) -> None:
    sealed = replace(access, data_password="four words and a half", keys_password="four other words")
    place("At Bo's", at=now, kind=kind, access_sealed=place_access.sealed(sealed))
    page = text_of(owner, f"{HOME}lost/")
    assert ("./tryggve restore" in page, "At Bo's" in page, typed in page) == (True, True, True)
    assert [one for one in ("hush", "four words", "four other") if one in page] == []


def test_auditor_reads_and_is_offered_nothing_to_change(now: datetime, tmp_path: Path) -> None:
    disk = place("Red disk", at=now, access_sealed=place_access.sealed(Access("/disk")))
    run = taken.run(disk, at=now, kinds=EVERYTHING)
    test = restored(disk, run, at=now)
    auditor = browser(Role.AUDITOR)
    for page in (
        "copies/",
        f"copies/{run.pk}/",
        "tests/",
        f"tests/{test.pk}/",
        "folders/",
        "others/",
        "lost/",
    ):
        text = text_of(auditor, f"{HOME}{page}").partition("<main")[2]
        assert (page, "<form" in text, "/files/" in text) == (page, False, False)
    for deed in ("run/", "tests/ask/", "folders/add/", f"copies/{run.pk}/files/find/"):
        assert auditor.post(f"{HOME}{deed}").status_code == 403
    assert auditor.get(f"{HOME}copies/{run.pk}/files/").status_code == 403
    assert not Entry.objects.filter(action="backups.folder-added").exists()


def test_pages_ask_as_often_however_much_there_is(owner: Client, now: datetime, tmp_path: Path) -> None:
    disk = place("Red disk", at=now, access_sealed=place_access.sealed(Access("/disk")))
    run = taken.run(disk, at=now, kinds=EVERYTHING)
    test = restored(disk, run, at=now)
    pages = {"copies/": 6, f"copies/{run.pk}/": 5, "tests/": 5, f"tests/{test.pk}/": 5, "folders/": 5, "others/": 5,
             "lost/": 4}  # fmt: skip
    few = {page: len(asked(owner, f"{HOME}{page}")) for page in pages}
    for number in range(4):
        other = place(f"Disk {number}", at=now, access_sealed=place_access.sealed(Access(f"/disk{number}")))
        heartbeats.add_address(title=f"{number}", every_days=1, actor="system", at=now)
        Copy.objects.create(run=run, place=other, kind=Copy.Kind.DATA, snapshot="x", at=now)
        for one in taken.nights(other, 5, until=now, kinds=EVERYTHING):
            RestoreTest.objects.create(place=other, run=one, began_at=one.began_at, state="PASSED")
        (tmp_path / str(number)).mkdir()
        owner.post(f"{HOME}folders/add/", {"path": str(tmp_path / str(number))})
    many = {page: len(asked(owner, f"{HOME}{page}")) for page in pages}
    assert (few, many) == (many, pages)
