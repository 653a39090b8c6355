"""Signs of real runs: a folder of the company's own is encrypted between two of them, and older copies stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.services import folders, pairs, watching
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "Pictures"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + os.urandom(4000))
    return folder


def take() -> Run:
    run = pairs.take(why=Run.Why.DUE, now=timezone.now)
    assert run.state == Run.State.DONE
    return Run.objects.get(pk=run.pk)


def encrypt(folder: Path) -> None:
    for path in list(folder.iterdir()):
        cipher = Cipher(algorithms.AES256(os.urandom(32)), modes.CTR(os.urandom(16))).encryptor()
        path.write_bytes(cipher.update(path.read_bytes()))


def test_encrypted_folder_is_told_the_same_night_and_older_copies_stay(
    pictures: Path, tmp_path: Path, karin: User
) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    folder_place(tmp_path / "disk", at=long_ago, holds_data=True, keeps_old=False)
    folder_place(tmp_path / "keys", at=long_ago, holds_keys=True)
    folders.add(told=str(pictures), actor=karin.actor, at=long_ago)
    assert take().signs == []

    encrypt(pictures)
    run = take()
    assert run.signs == ["most-changed", "strange-content"]
    assert [one.kind for one in OutboxMessage.objects.all()] == ["backups.signs"]
    assert not watching.may_prune()
    kept = Copy.objects.filter(place=Place.objects.get(holds_data=True), kind__in=["DATA", "FOLDERS"])
    assert kept.filter(forgotten_at=None).count() == 4

    watching.answer_signs(run, karin.actor, timezone.now())
    assert watching.may_prune()
    assert take().signs == []
    # Of one day the last stays.
    assert kept.filter(forgotten_at=None).count() == 2
