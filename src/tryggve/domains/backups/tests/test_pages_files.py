"""A file of the firm's own is found in a copy and had back; the real restic, and names that nobody reads on the way."""

import re
import stat
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.backups import actions, opaque
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services import folders
from tryggve.domains.backups.services.files import name_put_back
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.on_pages import HOME, browser, text_of
from tryggve.domains.backups.tests.places_for_tests import folder_place

pytestmark = [pytest.mark.process, pytest.mark.django_db]

NAME = "Offert Åkerström.txt"


class Firm(NamedTuple):
    """Whose folder was copied, the run that copied it, and where the copy lies."""

    folder: Path
    run: UUID
    place: Path

    @property
    def page(self) -> str:
        return f"{HOME}copies/{self.run}/files/"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def owner() -> Client:
    return browser()


@pytest.fixture
def firm_here(tmp_path: Path, now: datetime) -> Firm:
    folder = tmp_path / "Papers"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / NAME).write_bytes(b"as it was\n" * 100_000)
    (folder / "plan.md").write_text("plan")
    (folder / "away").symlink_to("/etc")
    folders.add(told=str(folder), actor="system", at=now)
    disk = folder_place(tmp_path / "Disk", at=now, holds_data=True)
    assert disk.data is not None
    brought = disk.data.backup([folder], tags=["folders"])
    row = Place.objects.get(pk=disk.id)
    run = taken.run(row, at=now, kinds=[Copy.Kind.DATA, Copy.Kind.KEYS])
    Copy.objects.create(run=run, place=row, kind=Copy.Kind.FOLDERS, snapshot=brought.snapshot, at=now)
    return Firm(folder, run.pk, tmp_path / "Disk")


def link_of(page: str, name: str) -> str:
    """Where the page leads for that file or folder."""
    [found] = re.findall(rf'href="([^"]+)"[^>]*>(?:[^<]*<bdi>)?{re.escape(name)}', page)
    return str(found)


def restore_link(page: str) -> str:
    [found] = re.findall(r'href="([^"]+file=[^"]+)"', page)
    return str(found)


def down_to_the_file(owner: Client, firm: Firm) -> str:
    """Folder by folder; the page of the file."""
    top = text_of(owner, firm.page)
    papers = text_of(owner, link_of(top, str(firm.folder)))
    assert ("plan.md" in papers, "away" in papers) == (True, False)
    return restore_link(text_of(owner, link_of(papers, "2026")))


def test_file_is_found_folder_by_folder_and_downloaded(owner: Client, firm_here: Firm) -> None:
    address = down_to_the_file(owner, firm_here)
    page = text_of(owner, address)
    assert (NAME in page, "Put it back beside the original" in page) == (True, True)

    answer = owner.post(address, {"how": "download"})

    assert b"".join(answer) == b"as it was\n" * 100_000
    assert answer["Content-Length"] == "1000000"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Offert%20%C3%85kerstr")


def test_no_name_stands_in_an_address_nor_in_the_log(owner: Client, firm_here: Firm) -> None:
    address = down_to_the_file(owner, firm_here)
    found = owner.post(f"{firm_here.page}find/", {"name": "kerstr"})["Location"]
    b"".join(owner.post(address, {"how": "download"}))
    entry = Entry.objects.get(action=actions.FILE_RESTORED.code)
    assert entry.facts == {"run": str(firm_here.run), "is_put_back": False}
    for one in (address, found):
        assert [word for word in ("kerstr", "Offert", "Papers", "2026/") if word in one] == []


def test_file_whose_name_holds_a_line_break_is_downloaded(owner: Client, firm_here: Firm) -> None:
    odd = firm_here.folder / "list.csv\n"
    odd.write_text("a;b")
    [disk] = places.in_use()
    assert disk.data is not None
    snapshot = disk.data.backup([firm_here.folder], tags=["folders"]).snapshot
    Copy.objects.filter(kind=Copy.Kind.FOLDERS).update(snapshot=snapshot)
    answer = owner.post(f"{firm_here.page}restore/?file={opaque.hidden(str(odd))}", {"how": "download"})
    assert b"".join(answer) == b"a;b"
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv_"'


def test_key_that_a_page_carries_is_no_name_to_be_shown(owner: Client, firm_here: Firm) -> None:
    carried = opaque.hidden("PRIVATE KEY", what=opaque.KEY)
    answer = owner.get(f"{firm_here.page}?name={carried}")
    assert (answer.status_code, b"PRIVATE" in answer.content) == (404, False)
    assert opaque.shown(carried, what=opaque.KEY) == "PRIVATE KEY"


def test_file_is_found_by_a_part_of_its_name_whatever_its_case(owner: Client, firm_here: Firm) -> None:
    found = owner.post(f"{firm_here.page}find/", {"name": "ÅKER"})["Location"]
    page = text_of(owner, found)
    assert (NAME in page, "plan.md" in page, "Restore this file" in page) == (True, False, True)
    nothing = owner.post(f"{firm_here.page}find/", {"name": "budget"})["Location"]
    assert "No file and no folder in this copy has that in its name." in text_of(owner, nothing)
    assert owner.post(f"{firm_here.page}find/", {"name": ""})["Location"] == firm_here.page


def test_file_is_put_back_beside_what_is_there_now(owner: Client, firm_here: Firm, now: datetime) -> None:
    original = firm_here.folder / "2026" / NAME
    original.write_text("as it is now")
    address = down_to_the_file(owner, firm_here)

    for _time in range(2):
        assert owner.post(address, {"how": "beside"})["Location"] == f"{HOME}copies/{firm_here.run}/"

    day = f"{timezone.localtime(now):%Y-%m-%d}"
    there = {one.name: one.read_bytes()[:5] for one in original.parent.iterdir()}
    assert there == {
        NAME: b"as it",
        f"Offert Åkerström (restored {day}).txt": b"as it",
        f"Offert Åkerström (restored {day} 2).txt": b"as it",
    }
    assert original.read_text() == "as it is now"
    assert [one.facts["is_put_back"] for one in Entry.objects.filter(action=actions.FILE_RESTORED.code)] == [
        True
    ] * 2


@pytest.mark.parametrize(("mode", "of_folder", "given"), [(0o600, 0o755, 0o600), (0o664, 0o750, 0o640)])
def test_nobody_reads_it_who_could_not_then_or_may_not_look_there(
    owner: Client, firm_here: Firm, mode: int, of_folder: int, given: int
) -> None:
    (firm_here.folder / "2026" / NAME).chmod(mode)
    disk = places.in_use()[0].data
    assert disk is not None
    brought = disk.backup([firm_here.folder], tags=["folders"])
    Copy.objects.filter(run=firm_here.run, kind=Copy.Kind.FOLDERS).update(snapshot=brought.snapshot)
    (firm_here.folder / "2026").chmod(of_folder)
    owner.post(down_to_the_file(owner, firm_here), {"how": "beside"})
    [back] = (firm_here.folder / "2026").glob("*restored*")
    assert stat.S_IMODE(back.stat().st_mode) == given


def test_folder_that_is_gone_takes_nothing_back(owner: Client, firm_here: Firm) -> None:
    address = down_to_the_file(owner, firm_here)
    (firm_here.folder / "2026").rename(firm_here.folder / "2025")
    answer = owner.post(address, {"how": "beside"})
    assert (answer.status_code, "isn&#x27;t there any more" in answer.content.decode()) == (409, True)


def test_folder_that_leads_out_of_the_firms_takes_nothing_back(
    owner: Client, firm_here: Firm, tmp_path: Path
) -> None:
    address = down_to_the_file(owner, firm_here)
    (firm_here.folder / "2026").rename(tmp_path / "elsewhere")
    (firm_here.folder / "2026").symlink_to(tmp_path / "elsewhere")
    assert owner.post(address, {"how": "beside"}).status_code == 409
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1


def test_half_a_file_is_left_nowhere(owner: Client, firm_here: Firm) -> None:
    address = down_to_the_file(owner, firm_here)
    page = text_of(owner, address)
    for pack in (firm_here.place / "tryggve-data" / "data").glob("*/*"):
        pack.chmod(0o600)
        content = bytearray(pack.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        pack.write_bytes(content)
    assert "Put it back" in page
    assert owner.post(address, {"how": "beside"}).status_code == 409
    assert [one.name for one in (firm_here.folder / "2026").iterdir()] == [NAME]
    assert not Entry.objects.filter(action=actions.FILE_RESTORED.code).exists()


def test_copy_that_can_not_be_reached_is_told_in_words(owner: Client, firm_here: Firm) -> None:
    firm_here.place.rename(firm_here.place.with_name("carried away"))
    answer = owner.get(firm_here.page)
    assert (answer.status_code, "can be reached now" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("query", ["folder=x", "folder=AAAA", "name=%2Fetc", "folder=" + "A" * 9000])
def test_address_that_nobody_was_given_leads_nowhere(owner: Client, firm_here: Firm, query: str) -> None:
    assert owner.get(f"{firm_here.page}?{query}").status_code == 404


def test_nobody_looks_outside_the_firms_folders(owner: Client, firm_here: Firm) -> None:
    above = link_of(text_of(owner, firm_here.page), str(firm_here.folder))
    for address in (above.replace("?folder=", "restore/?file="), f"{firm_here.page}restore/"):
        assert owner.get(address).status_code == 404


def test_employees_and_auditors_look_into_no_file(firm_here: Firm) -> None:
    for role in (Role.EMPLOYEE, Role.AUDITOR, Role.SUPPLIER):
        assert browser(role).get(firm_here.page).status_code == 403


def test_name_of_what_is_put_back(now: datetime) -> None:
    day = f"{timezone.localtime(now):%Y-%m-%d}"
    assert name_put_back("a.tar.gz", now) == f"a.tar (restored {day}).gz"
    assert name_put_back("README", now, 3) == f"README (restored {day} 3)"
