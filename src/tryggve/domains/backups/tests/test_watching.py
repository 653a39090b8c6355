"""Backups unlike those before, and backups that don't come: whom it is told to, how often, and what waits for them."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils import timezone

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups import actions, routines
from tryggve.domains.backups.engine.changes import Sampled
from tryggve.domains.backups.models import Copy, Folder, Place, Run
from tryggve.domains.backups.own_folders import sampling
from tryggve.domains.backups.services import watching
from tryggve.domains.backups.tests import taken
from tryggve.lib.folders import current
from tryggve.notices import delivery
from tryggve.notices.models import OutboxMessage
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import lead_to
from tryggve.vault import service

__all__ = ["office"]

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAGE = b"%PDF-1.7\n" + b"Offert: ett nytt kok i bjork. " * 200


@pytest.fixture
def disk(karin: User) -> Place:
    return taken.place(at=NOW - 30 * DAY)


@pytest.fixture
def bookkeeping(tmp_path: Path) -> Path:
    """Forty offers and as many lists, in folders."""
    folder = tmp_path / "Bookkeeping"
    for year in ("2025", "2026"):
        (folder / year).mkdir(parents=True)
        for number in range(20):
            (folder / year / f"offer {number}.pdf").write_bytes(PAGE)
            (folder / year / f"list {number}.csv").write_text("name;sum\n" + "Cilla;1200\n" * 300)
    return folder


def encrypt(folder: Path, *, most: int = 1000) -> None:
    """In place, as ransomware does it, with a note beside."""
    key = os.urandom(32)
    for path in [one for one in sorted(folder.rglob("*")) if one.is_file()][:most]:
        cipher = Cipher(algorithms.AES256(key), modes.CTR(os.urandom(16))).encryptor()
        path.write_bytes(cipher.update(path.read_bytes()))
        path.rename(path.with_name(f"{path.name}.locked"))
    (folder / "HOW TO GET YOUR FILES BACK.txt").write_text("Pay. " * 400)


def mails() -> list[str]:
    return list(OutboxMessage.objects.order_by("made_at").values_list("kind", flat=True))


def test_usual_night_raises_nothing_and_tells_nobody(disk: Place, bookkeeping: Path) -> None:
    taken.nights(disk, 7, until=NOW)
    assert watching.signs_of(taken.run(disk, at=NOW), [bookkeeping], NOW) == []
    assert (watching.may_prune(), mails()) == (True, [])


def test_folder_that_was_encrypted_is_told_and_holds_older_snapshots(disk: Place, bookkeeping: Path) -> None:
    taken.nights(disk, 7, until=NOW)
    encrypt(bookkeeping)
    run = taken.run(disk, at=NOW)

    assert watching.signs_of(run, [bookkeeping], NOW) == ["strange-content"]
    assert Run.objects.get(pk=run.pk).signs == ["strange-content"]
    assert not watching.may_prune()
    assert mails() == ["backups.signs"]
    assert Entry.objects.get(action="backups.signs-told").facts == {"run": str(run.pk), "count": 1}


def test_mail_tells_the_captain_what_is_unusual_and_names_no_file(
    disk: Place, bookkeeping: Path, office: PostOffice
) -> None:
    lead_to(office.port)
    taken.nights(disk, 7, until=NOW)
    encrypt(bookkeeping)
    watching.signs_of(taken.run(disk, at=NOW, files=5_000), [bookkeeping], NOW)
    delivery.deliver_due(at=NOW)

    [one] = office.desk.taken
    text = one.get_content()
    assert str(one["to"]) == "karin@example.se"
    assert "- More than half of your files are gone since the backup before." in text
    assert "- Several changed files don't hold what their names say: they look encrypted." in text
    assert "Bookkeeping" not in text
    assert "locked" not in text


def test_alarm_that_was_answered_before_it_left_is_not_sent(
    disk: Place, office: PostOffice, karin: User
) -> None:
    run = taken.run(disk, at=NOW, rows=10)
    taken.run(disk, at=NOW - DAY)
    watching.signs_of(run, [], NOW)
    watching.answer_signs(run, karin.actor, NOW)
    lead_to(office.port)
    delivery.deliver_due(at=NOW + HOUR)
    assert office.desk.taken == []


def test_answer_lets_go_again_and_is_the_measure_from_then_on(disk: Place, karin: User) -> None:
    taken.nights(disk, 7, until=NOW)
    run = taken.run(disk, at=NOW, rows=10_000)
    assert watching.signs_of(run, [], NOW) == ["fewer-rows"]
    again = taken.run(disk, at=NOW + DAY, rows=10_000)
    assert watching.signs_of(again, [], NOW + DAY) == ["fewer-rows"]

    watching.answer_signs(again, karin.actor, NOW + DAY)
    assert watching.may_prune()
    assert Entry.objects.get(action="backups.signs-answered").actor == karin.actor
    assert watching.signs_of(taken.run(disk, at=NOW + 2 * DAY, rows=10_000), [], NOW + 2 * DAY) == []
    with pytest.raises(watching.NothingToAnswer):
        watching.answer_signs(run, karin.actor, NOW + DAY)


def test_answer_to_an_older_run_leaves_the_newer_waiting(disk: Place, karin: User) -> None:
    taken.run(disk, at=NOW - DAY)
    run, later = (taken.run(disk, at=NOW + DAY * days, rows=10) for days in (0, 1))
    for one in (run, later):
        watching.signs_of(one, [], one.began_at)
    watching.answer_signs(run, karin.actor, NOW + DAY)
    assert not watching.may_prune()
    watching.answer_signs(later, karin.actor, NOW + DAY)
    assert watching.may_prune()


def test_new_place_takes_everything_anew_and_raises_nothing(disk: Place) -> None:
    taken.nights(disk, 7, until=NOW)
    far = taken.place("Far", at=NOW)
    all_anew: dict[str, Any] = {"changed_files": 12_000, "bytes_added": 10**11}
    assert watching.signs_of(taken.run(far, at=NOW, **all_anew), [], NOW) == []
    assert watching.signs_of(taken.run(disk, at=NOW, **all_anew), [], NOW) == ["jump", "most-changed"]


def test_folder_that_somebody_added_or_took_away_is_no_sign(disk: Place) -> None:
    taken.nights(disk, 7, until=NOW)
    folder = Folder.objects.create(path_sealed=b"-", added_at=NOW - HOUR)
    run = taken.run(disk, at=NOW, files=60_000, changed_files=48_000, bytes_added=10**11)
    assert watching.signs_of(run, [], NOW) == []

    Folder.objects.filter(pk=folder.pk).update(removed_at=NOW + HOUR)
    assert watching.signs_of(taken.run(disk, at=NOW + DAY), [], NOW + DAY) == []
    assert watching.signs_of(taken.run(disk, at=NOW + 2 * DAY, files=10), [], NOW + 2 * DAY) == [
        "fewer-files"
    ]


def test_keys_alone_and_runs_without_data_are_no_measure(disk: Place) -> None:
    taken.run(disk, at=NOW - DAY, kinds=[Copy.Kind.KEYS], why=Run.Why.ERASURE, rows=10**6, files=10**6)
    taken.run(disk, at=NOW - HOUR, kinds=[], state=Run.State.FAILED, rows=10**6, files=10**6)
    assert watching.signs_of(taken.run(disk, at=NOW), [], NOW) == []


def test_lost_service_key_keeps_the_signs_and_ends_well(disk: Place, tmp_path: Path) -> None:
    taken.run(disk, at=NOW - DAY)
    run = taken.run(disk, at=NOW, rows=10)
    kept = tmp_path / "kept"
    shutil.move(current().service_key_file, kept)
    service.forget()
    try:
        with pytest.raises(vault.Locked):
            vault.seal_for_service("tests", b"-")
        assert watching.signs_of(run, [], NOW) == ["fewer-rows"]
    finally:
        shutil.move(kept, current().service_key_file)
        service.forget()
    assert (watching.may_prune(), mails()) == (False, [])


class TestSampling:
    """What is looked at of the changed files."""

    def test_only_what_came_or_changed_since_is_looked_at(self, bookkeeping: Path) -> None:
        assert self._sample(bookkeeping, timezone.now() + HOUR).judged == 0
        assert self._sample(bookkeeping, timezone.now() - HOUR).judged == 80

    def test_file_dated_back_is_looked_at_all_the_same(self, bookkeeping: Path) -> None:
        for path in bookkeeping.rglob("*.pdf"):
            os.utime(path, (0, 0))
        assert self._sample(bookkeeping, timezone.now() - HOUR).judged == 80

    def test_at_most_so_many_are_looked_at(self, bookkeeping: Path) -> None:
        for number in range(200):
            (bookkeeping / f"more {number}.pdf").write_bytes(PAGE)
        assert self._sample(bookkeeping, timezone.now() - HOUR).judged == sampling.MOST_SAMPLED

    def test_links_pipes_and_what_may_not_be_read_are_left_out(
        self, bookkeeping: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "outside.pdf").write_bytes(os.urandom(5000))
        (bookkeeping / "link.pdf").symlink_to(tmp_path / "outside.pdf")
        (bookkeeping / "circle").symlink_to(bookkeeping)
        os.mkfifo(bookkeeping / "pipe.pdf")
        sampled = self._sample(bookkeeping, timezone.now() - HOUR)
        assert (sampled.judged, sampled.strange) == (80, 0)

    def test_folder_that_is_gone_is_nothing(self, tmp_path: Path) -> None:
        assert self._sample(tmp_path / "gone", NOW).judged == 0

    def _sample(self, folder: Path, since: datetime) -> Sampled:
        return sampling.sample([folder], since=since, salt=b"tests")


class TestSilence:
    """No whole backup for a day and a half."""

    def test_is_told_once_a_day_until_there_is_a_backup(self, disk: Place) -> None:
        taken.run(disk, at=NOW)
        for hours in range(1, 37):
            routines.tell_silence(NOW + hours * HOUR)
        assert mails() == []
        for hours in range(37, 37 + 49):
            routines.tell_silence(NOW + hours * HOUR)
        assert mails() == ["backups.silent"] * 2
        taken.run(disk, at=NOW + 86 * HOUR)
        routines.tell_silence(NOW + 87 * HOUR)
        routines.tell_silence(NOW + 200 * HOUR)
        assert mails() == ["backups.silent"] * 3
        assert Entry.objects.filter(action=actions.SILENCE_TOLD.code).count() == 3

    def test_of_a_disk_that_is_carried_away_is_told_after_a_month_once_a_week(self, disk: Place) -> None:
        Place.objects.update(is_carried=True)
        taken.place("NAS for keys", at=NOW - 30 * DAY, holds_data=False)
        taken.run(disk, at=NOW)
        for day in range(1, 32):
            routines.tell_silence(NOW + day * DAY)
        assert mails() == []
        for day in range(32, 46):
            routines.tell_silence(NOW + day * DAY)
        assert mails() == ["backups.disk-awaited"] * 2

        taken.place("NAS", at=NOW + 10 * DAY)  # that promises every night
        routines.tell_silence(NOW + 46 * DAY)
        assert mails()[2:] == ["backups.silent"]

    @pytest.mark.parametrize("kinds", [[Copy.Kind.DATA], [Copy.Kind.KEYS]])
    def test_half_a_pair_is_no_backup(self, disk: Place, kinds: list[Copy.Kind]) -> None:
        taken.run(disk, at=NOW, kinds=kinds)
        assert watching.tell_silence(at=NOW + HOUR)

    def test_without_a_place_nobody_expects_a_backup(self, disk: Place) -> None:
        Place.objects.update(removed_at=NOW - 20 * DAY)
        assert not watching.tell_silence(at=NOW)

    def test_new_place_has_a_day_and_a_half(self, karin: User) -> None:
        taken.place(at=NOW)
        assert not watching.tell_silence(at=NOW + 36 * HOUR)
        assert watching.tell_silence(at=NOW + 37 * HOUR)

    def test_backup_dated_ahead_of_the_clock_is_not_known_to_be_new(self, disk: Place) -> None:
        taken.run(disk, at=NOW + DAY)
        assert watching.tell_silence(at=NOW)

    def test_mail_that_waited_until_it_was_over_is_not_sent(self, disk: Place, office: PostOffice) -> None:
        assert watching.tell_silence(at=NOW)
        taken.run(disk, at=NOW + HOUR)
        lead_to(office.port)
        delivery.deliver_due(at=NOW + 2 * HOUR)
        assert office.desk.taken == []


def test_restore_that_failed_is_told_at_once(disk: Place, office: PostOffice) -> None:
    lead_to(office.port)
    watching.tell_failed_test(at=NOW)
    delivery.deliver_due(at=NOW)
    [one] = office.desk.taken
    assert (str(one["to"]), one["subject"]) == (
        "karin@example.se",
        "A backup of Tryggve couldn't be restored",
    )
