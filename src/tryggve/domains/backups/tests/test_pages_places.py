"""A place is added question by question, and kept only after a real trial."""

import getpass
import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.counting import asked
from tests.signing_in import browser_of
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.tests.on_pages import HOME, browser, hidden, person, place, text_of
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.backups.tests.sftp_server import SftpServer

pytestmark = [pytest.mark.process, pytest.mark.django_db]

ADD = f"{HOME}places/add/"
DETAILS = f"{ADD}details/?kind={{kind}}&carried=no&elsewhere=yes&country=SE&holds={{holds}}"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def anna_here() -> User:
    return person("anna@annas.se", Role.OWNER)


@pytest.fixture
def owner(anna_here: User) -> Client:
    return browser_of(anna_here)


def test_one_question_a_page_until_the_details(owner: Client) -> None:
    assert "What kind of place is it?" in text_of(owner, ADD)
    stands = text_of(owner, f"{ADD}?kind=FOLDER")
    assert ("Does it stand in another house" in stands, "carried away" in stands) == (True, True)
    assert "carried away when" not in text_of(owner, f"{ADD}?kind=SFTP")
    said = "kind=FOLDER&carried=no&elsewhere=yes&country=DK"
    holds = text_of(owner, f"{ADD}?{said}")
    assert ("What should lie there?" in holds, 'value="both"' in holds) == (True, True)
    assert 'name="kind" value="FOLDER"' in holds
    answer = owner.get(f"{ADD}?{said}&holds=data")
    assert answer["Location"] == f"{ADD}details/?{said}&holds=data"


def test_disk_that_is_carried_away_is_offered_no_keys(owner: Client) -> None:
    page = text_of(owner, f"{ADD}?kind=FOLDER&carried=yes&elsewhere=yes&country=SE")
    assert ('value="both"' in page, 'value="keys"' in page, 'value="data"' in page) == (False, False, True)
    answer = owner.get(f"{ADD}?kind=FOLDER&carried=yes&elsewhere=yes&country=SE&holds=both")
    assert (answer.status_code, "Select a valid choice" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("said", ["", "kind=FOLDER", "kind=NONE&carried=no&elsewhere=no&holds=data"])
def test_details_want_all_answers_first(owner: Client, said: str) -> None:
    assert owner.get(f"{ADD}details/?{said}")["Location"] == ADD


def test_folder_is_tried_and_kept(owner: Client, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    page = DETAILS.format(kind="FOLDER", holds="both")
    answer = owner.post(page, {"title": "The red disk", "path": str(tmp_path / "disk")})

    [added] = Place.objects.all()
    assert answer["Location"] == f"{HOME}places/{added.pk}/"
    assert (added.title, added.holds_data, added.holds_keys, added.is_elsewhere, added.country) == (
        "The red disk", True, True, True, "SE",
    )  # fmt: skip
    shown = text_of(owner, answer["Location"])
    assert ("✓ Tryggve could write there" in shown, "→ Old copies of the data can be deleted from here." in shown) == (
        True, True,
    )  # fmt: skip


def test_what_can_not_be_used_is_said_and_nothing_is_kept(owner: Client, tmp_path: Path) -> None:
    page = DETAILS.format(kind="FOLDER", holds="data")
    answer = owner.post(page, {"title": "Disk", "path": str(tmp_path / "nowhere")})
    text = unescape(answer.content.decode())
    assert (answer.status_code, "There is no such folder." in text, Place.objects.exists()) == (
        200,
        True,
        False,
    )


def test_backups_of_another_installation_are_taken_up_with_their_password(
    owner: Client, tmp_path: Path, now: datetime
) -> None:
    folder_place(tmp_path / "disk", at=now, holds_data=True)
    Place.objects.all().delete()
    page, said = (
        DETAILS.format(kind="FOLDER", holds="data"),
        {"title": "Disk", "path": str(tmp_path / "disk")},
    )
    asked_for = owner.post(page, said).content.decode()
    assert ('name="old_password"' in asked_for, "Backups of somebody else" in asked_for) == (True, True)

    owner.post(page, {**said, "old_password": "data, four words"})

    [taken_up] = places.in_use()
    assert taken_up.access.data_password == "data, four words"


def test_secrets_are_never_sent_back(owner: Client) -> None:
    said = {
        "title": "S",
        "endpoint": "http://far.example",
        "bucket": "b",
        "key_id": "k",
        "secret": "hush-hush",
    }
    answer = owner.post(DETAILS.format(kind="S3", holds="data"), said)
    text = answer.content.decode()
    assert ("must begin with https://" in text, "hush-hush" in text) == (True, False)
    assert "hush-hush" not in str(dict(owner.session))


def test_another_computer_is_compared_before_it_is_used(owner: Client, tmp_path: Path) -> None:
    page = DETAILS.format(kind="SFTP", holds="data")
    first = owner.get(page).content.decode()
    [public] = re.findall(r"ssh-ed25519 \S+ tryggve-backup", first)
    assert "PRIVATE KEY" not in first
    carried = hidden(first, "carried_key")
    with SftpServer(tmp_path) as server:
        server.let_in(public)
        said = {"title": "At Bo's", "host": "127.0.0.1", "port": server.port, "user": getpass.getuser(),
                "path": str(server.home / "there"), "carried_key": carried}  # fmt: skip
        shown = owner.post(page, said).content.decode()
        assert (server.fingerprint() in unescape(shown), Place.objects.exists()) == (True, False)
        compared = {**said, "host_key": hidden(shown, "host_key"), "shown_by": hidden(shown, "shown_by")}

        assert owner.post(page, compared).status_code == 200  # nobody said that it is the right one
        assert not Place.objects.exists()
        answer = owner.post(page, {**compared, "is_right": "on"})

    [added] = Place.objects.all()
    assert answer["Location"] == f"{HOME}places/{added.pk}/"


def test_place_is_changed_removed_and_taken_back(owner: Client, tmp_path: Path, now: datetime) -> None:
    disk = folder_place(tmp_path / "disk", at=now, holds_data=True)
    Place.objects.update(seen_at=now)
    page = f"{HOME}places/{disk.id}/"
    assert 'value="disk"' in text_of(owner, f"{page}change/")
    said = {"title": "The blue disk", "elsewhere": "on", "country": "DK"}
    assert owner.post(f"{page}change/", said)["Location"] == page
    shown = text_of(owner, page)
    assert ("The blue disk" in shown, "In another house, Denmark" in shown) == (True, True)

    assert owner.post(f"{page}remove/")["Location"] == HOME
    assert owner.get(page).status_code == 404
    assert "Take it back" in text_of(owner, HOME)
    assert owner.post(f"{page}restore/")["Location"] == page


def test_place_is_tried_again(owner: Client, tmp_path: Path, now: datetime) -> None:
    disk = folder_place(tmp_path / "disk", at=now, holds_data=True)
    page = f"{HOME}places/{disk.id}/"
    owner.post(f"{page}try/")
    assert "It was tried, and is in order." in text_of(owner, page)
    (tmp_path / "disk").rename(tmp_path / "away")
    owner.post(f"{page}try/")
    assert "It was tried, and isn't in order." in text_of(owner, page)


def test_adding_wants_the_second_factor_once_more(anna_here: User, now: datetime) -> None:
    a_while_ago = browser_of(anna_here, at=now - timedelta(minutes=15))
    assert a_while_ago.get(ADD).status_code == 200
    page = DETAILS.format(kind="FOLDER", holds="data")
    for answer in (a_while_ago.get(page), a_while_ago.post(page, {})):
        assert answer["Location"].startswith("/sign-in/confirm/")


def test_auditor_sees_a_place_and_may_change_nothing(now: datetime) -> None:
    disk, auditor = place("Disk", at=now), browser(Role.AUDITOR)
    page = f"{HOME}places/{disk.pk}/"
    assert "<form" not in text_of(auditor, page).partition("<main")[2]
    assert {
        auditor.post(f"{page}{deed}/").status_code for deed in ("change", "try", "remove", "restore")
    } == {403}


def test_page_asks_as_often_however_many_places(owner: Client, now: datetime) -> None:
    disk = place("Disk", at=now)
    few = len(asked(owner, f"{HOME}places/{disk.pk}/"))
    for number in range(5):
        place(f"{number}", at=now)
    assert (few, len(asked(owner, f"{HOME}places/{disk.pk}/"))) == (5, 5)
