"""Checkpoints leave the machine: to a folder, by mail; the page that says where and when; the log of changes."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PASSWORD
from tryggve.accounts import permissions
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.audit import checkpoints
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.models import Entry
from tryggve.domains.access import notices, routines
from tryggve.domains.access.checkpoint_folder import Trouble
from tryggve.domains.access.models import CheckpointPlaces
from tryggve.domains.access.services import checkpoints as checkpoint_services
from tryggve.domains.access.services import sign_in as services
from tryggve.domains.access.views import checkpoints as checkpoint_views
from tryggve.lib import folders
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
PROOF = "/company/proof/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def mount_point() -> Iterator[Path]:
    """A folder on the disk that the register lies on."""
    with TemporaryDirectory(dir=folders.current().data.parent) as folder:
        yield Path(folder)


def _choose(anna: User, *, path: object = "", mail_to: UUID | None = None) -> None:
    checkpoint_services.set_places(path=str(path), mail_to=mail_to, actor=anna.actor, at=NOW)


def _signed(anna: User, *, at: Any = NOW) -> Checkpoint:
    """A checkpoint of a log that has grown."""

    services.log_sign_out(user=anna, at=at)
    return checkpoints.sign(now=at)


def _left(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_each_newest_checkpoint_is_left_and_all_are_kept(anna: User, stick: Path) -> None:
    _choose(anna, path=stick)
    first = _signed(anna)
    routines.leave_checkpoint(NOW)
    second = _signed(anna, at=NOW + HOUR)
    routines.leave_checkpoint(NOW + HOUR)

    assert _left(stick) == {
        f"tryggve-checkpoint-{one.epoch}-{one.size}.txt": one.note for one in (first, second)
    }
    assert checkpoints.opened(_left(stick)[checkpoint_services.name_of(second)]) == second
    places = CheckpointPlaces.objects.get()
    assert (places.left_size, places.left_at, places.folder_error) == (second.size, NOW + HOUR, "")


def test_checkpoint_that_was_left_is_not_left_again(anna: User, stick: Path) -> None:
    _choose(anna, path=stick)
    _signed(anna)
    routines.leave_checkpoint(NOW)
    routines.leave_checkpoint(NOW + HOUR)
    assert CheckpointPlaces.objects.get().left_at == NOW


def test_missing_folder_is_told_and_tried_again(anna: User, as_anna: Client, stick: Path) -> None:
    _choose(anna, path=stick)
    stick.rmdir()
    signed = _signed(anna)
    routines.leave_checkpoint(NOW)
    assert str(Trouble.MISSING.label).replace("'", "&#x27;") in _text(as_anna.get(PROOF))

    stick.mkdir()
    routines.leave_checkpoint(NOW + HOUR)

    assert list(_left(stick).values()) == [signed.note]
    assert CheckpointPlaces.objects.get().folder_error == ""
    assert str(Trouble.MISSING.label)[:20] not in _text(as_anna.get(PROOF))


def test_folder_of_another_disk_that_is_not_there_is_not_written_to(anna: User, mount_point: Path) -> None:
    _choose(anna, path=mount_point)
    CheckpointPlaces.objects.update(is_elsewhere=True)
    _signed(anna)
    routines.leave_checkpoint(NOW)
    assert (_left(mount_point), CheckpointPlaces.objects.get().folder_error) == ({}, Trouble.DISCONNECTED)


def test_nothing_leaves_while_nowhere_is_chosen(anna: User, stick: Path) -> None:
    _signed(anna)
    routines.leave_checkpoint(NOW)
    routines.mail_checkpoint(NOW)
    _choose(anna, path=stick)
    _choose(anna)
    routines.leave_checkpoint(NOW)
    routines.mail_checkpoint(NOW)
    assert (_left(stick), OutboxMessage.objects.count()) == ({}, 0)


def test_mail_ends_with_the_checkpoint_as_it_was_signed(anna: User) -> None:
    _choose(anna, mail_to=anna.pk)
    signed = _signed(anna)

    routines.mail_checkpoint(NOW)

    row = OutboxMessage.objects.get()
    assert (row.kind, row.recipient_ref) == (notices.CHECKPOINT.code, anna.actor)
    letter = letters.opened(bytes(row.body_sealed or b""), row.pk)
    assert (letter.address, letter.subject) == (
        anna.email,
        "Keep this mail: proof of Tryggve's log, 2026-03-02",
    )
    lines = letter.text.splitlines(keepends=True)
    begins = next(number for number, line in enumerate(lines) if line.startswith("tryggve/"))
    assert "".join(lines[begins:]).encode() == signed.note
    assert letter.text.startswith("Keep this mail. If somebody changes Tryggve's log later, it shows:")


def test_mail_crosses_the_wire_unchanged(anna: User) -> None:
    _choose(anna, mail_to=anna.pk)
    signed = _signed(anna)
    routines.mail_checkpoint(NOW)
    row = OutboxMessage.objects.get()
    letter = letters.opened(bytes(row.body_sealed or b""), row.pk)
    address = letters.address_of("tryggve@example.se")
    mail = letters.as_mail(letter, sender=address, to=address, message=row.pk, made_at=NOW)
    text = mail.get_content().replace("\r\n", "\n")
    assert checkpoints.opened(text[text.index("\ntryggve/") + 1 :].encode()) == signed


def test_same_checkpoint_is_mailed_once_and_the_next_when_the_first_has_left(anna: User) -> None:
    _choose(anna, mail_to=anna.pk)
    _signed(anna)
    routines.mail_checkpoint(NOW)
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, body_sealed=None)
    routines.mail_checkpoint(NOW + DAY)
    assert OutboxMessage.objects.count() == 1

    _signed(anna, at=NOW + DAY)
    routines.mail_checkpoint(NOW + DAY)
    _signed(anna, at=NOW + 2 * DAY)
    routines.mail_checkpoint(NOW + 2 * DAY)  # the second still waits
    assert OutboxMessage.objects.count() == 2


def test_mail_to_somebody_who_left_is_not_written(anna: User) -> None:
    bo = accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")
    _choose(anna, mail_to=bo.pk)
    _signed(anna)
    bo.is_active = False
    bo.save()
    routines.mail_checkpoint(NOW)
    assert OutboxMessage.objects.count() == 0


def test_places_are_chosen_on_the_page_and_the_newest_is_left_at_once(
    as_anna: Client, anna: User, stick: Path
) -> None:
    signed = _signed(anna)
    answer = as_anna.post(PROOF, {"folder": str(stick), "mail_to": str(anna.pk)})

    assert answer.headers["Location"] == PROOF
    assert list(_left(stick).values()) == [signed.note]
    assert f"({signed.size} entries)" in _text(as_anna.get(PROOF))
    assert CheckpointPlaces.objects.get().mail_to_ref == anna.pk
    entry = Entry.objects.get(action="access.checkpoint-places-changed")
    assert (entry.actor, entry.facts) == (anna.actor, {"fields": ["folder", "mail-to"]})
    assert str(stick) not in str(entry.__dict__)

    as_anna.post(PROOF, {"folder": str(stick), "mail_to": str(anna.pk)})
    assert Entry.objects.filter(action="access.checkpoint-places-changed").count() == 1


def test_own_folder_is_refused_on_the_page_in_words(as_anna: Client) -> None:
    answer = as_anna.post(PROOF, {"folder": str(folders.current().audit), "mail_to": ""})
    assert "This folder belongs to Tryggve itself" in _text(answer)
    assert CheckpointPlaces.objects.count() == 0


def test_mail_address_can_be_changed_while_the_disk_is_away(as_anna: Client, anna: User, stick: Path) -> None:
    _choose(anna, path=stick)
    shutil.rmtree(stick)
    assert as_anna.post(PROOF, {"folder": str(stick), "mail_to": str(anna.pk)}).status_code == 302
    assert CheckpointPlaces.objects.get().mail_to_ref == anna.pk


def test_mail_to_a_stranger_is_refused(as_anna: Client) -> None:
    answer = as_anna.post(PROOF, {"folder": "", "mail_to": str(UUID(int=1))})
    assert list(answer.context["form"].errors) == ["mail_to"]


def test_folder_on_the_same_disk_is_told_to_prove_less(as_anna: Client, anna: User, stick: Path) -> None:
    _choose(anna, path=stick)
    CheckpointPlaces.objects.update(is_elsewhere=False)
    words = "It lies on the same disk as the log."
    assert words in _text(as_anna.get(PROOF))
    CheckpointPlaces.objects.update(is_elsewhere=True)
    assert words not in _text(as_anna.get(PROOF))


def test_mallory_is_sent_to_sign_in(as_mallory: Client) -> None:
    assert permissions.asked_by(checkpoint_views.proof, None) == "access.change-checkpoint-places"
    for answer in (as_mallory.get(PROOF), as_mallory.post(PROOF, {"folder": "/"})):
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")
    assert CheckpointPlaces.objects.count() == 0


def test_page_asks_the_database_as_often_for_many_people_as_for_one(as_anna: Client, anna: User) -> None:
    _choose(anna, mail_to=anna.pk)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert as_anna.get(PROOF).status_code == 200
        counts.append(len(captured))
        for other in range(10):
            address = f"bo{number}-{other}@example.se"
            accounts.create_user(email=address, password=PASSWORD, name="Bo", language="sv")
    assert counts[0] == counts[1] <= 8
