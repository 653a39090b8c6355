"""In a watched place personal data that turns up is told once, to whom alarms go to."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.models import Scan, Source
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.services.scans import turns
from tryggve.domains.datamap.tests.mapped import MACHINE
from tryggve.lib import write_points
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anna", "bo")]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "empty.txt").write_text("Nothing about anybody.\n")
    return tmp_path / "desk"


@pytest.fixture
def source(desk: Path) -> Source:
    told = source_details.Told(title="Desk", where=str(desk))
    return sources.add_folder(told=told, is_watched=True, actor=MACHINE, at=NOW)


def _scan(source: Source, minutes: int) -> Scan:
    at = NOW + timedelta(minutes=minutes)
    scan = scans.ask(source=source.pk, why=Scan.Why.WATCH, actor=MACHINE, at=at)
    return scans.run(scan, now=lambda: at)


def _told() -> list[int]:
    entries = Entry.objects.filter(action="datamap.turned-up").order_by("pk")
    return [entry.facts["files"] for entry in entries]


def _mails() -> list[str]:
    return list(
        OutboxMessage.objects.filter(kind="datamap.turned-up").values_list("recipient_ref", flat=True)
    )


def test_new_file_with_personal_data_is_told_once(source: Source, desk: Path, anna: User) -> None:
    _scan(source, 0)
    assert (_told(), _mails()) == ([], [])
    (desk / "new.txt").write_text("Ring ada@example.se\n")
    for minutes in (10, 20, 30):
        _scan(source, minutes)
    assert (_told(), _mails()) == ([1], [f"user:{anna.pk}"])


def test_file_that_is_changed_to_hold_some_is_told_once(source: Source, desk: Path) -> None:
    _scan(source, 0)
    (desk / "empty.txt").write_text("Ring ada@example.se\n")
    for minutes in (10, 20):
        _scan(source, minutes)
    assert _told() == [1]


def test_more_in_a_file_that_was_told_of_is_no_news(source: Source, desk: Path) -> None:
    (desk / "empty.txt").write_text("Ring ada@example.se\n")
    _scan(source, 0)
    (desk / "empty.txt").write_text("Ring ada@example.se och bo@example.se\n")
    _scan(source, 10)
    assert _told() == [1]


def test_file_that_comes_back_is_told_again(source: Source, desk: Path) -> None:
    (desk / "new.txt").write_text("Ring ada@example.se\n")
    _scan(source, 0)
    (desk / "new.txt").rename(desk.parent / "away")
    _scan(source, 10)
    (desk.parent / "away").rename(desk / "new.txt")
    _scan(source, 20)
    assert _told() == [1, 1]


def test_scan_that_was_cut_off_tells_when_it_is_done(source: Source, desk: Path) -> None:
    (desk / "new.txt").write_text("Ring ada@example.se\n")

    def cut(name: str) -> None:
        if name == "datamap: rows written":
            write_points.cut_with(None)
            raise InterruptedError

    scan = scans.ask(source=source.pk, why=Scan.Why.WATCH, actor=MACHINE, at=NOW)
    write_points.cut_with(cut)
    with pytest.raises(InterruptedError):
        scans.run(scan, now=lambda: NOW)
    assert _told() == []
    turns.close_left_behind()
    later = NOW + timedelta(minutes=5)
    scans.run(Scan.objects.get(pk=scan.pk), now=lambda: later)
    assert _told() == [1]


def test_place_that_is_not_watched_is_only_mapped(source: Source, desk: Path) -> None:
    Source.objects.update(is_watched=False)
    (desk / "new.txt").write_text("Ring ada@example.se\n")
    assert _scan(Source.objects.get(), 0).holding == 1
    assert (_told(), _mails()) == ([], [])


def test_mail_names_no_file(source: Source, desk: Path) -> None:
    (desk / "secret-name.txt").write_text("Ring ada@example.se\n")
    _scan(source, 0)
    [entry] = Entry.objects.filter(action="datamap.turned-up")
    assert set(entry.facts) == {"source", "files"}
