"""Another computer: the program that is downloaded for it, and its commands with an address of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tryggve.accounts.roles import Role
from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.tests.on_pages import HOME, browser, text_of

pytestmark = pytest.mark.django_db
PAGE = f"{HOME}others/computer/"
SAID = {"title": "Anna's laptop", "every_days": "2"}


@pytest.fixture
def owner(settings: Settings) -> Client:
    settings.ORIGIN = "https://tryggve.annas.se"
    return browser()


def _shown(owner: Client) -> str:
    answer = owner.post(PAGE, SAID)
    assert answer.status_code == 200
    return answer.content.decode()


def test_program_that_is_downloaded_runs_alone(owner: Client, tmp_path: Path) -> None:
    answer = owner.get(f"{PAGE}program/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="backup_folders.py"'
    program = tmp_path / "backup_folders.py"
    program.write_bytes(answer.content)
    done = subprocess.run([sys.executable, "-I", "-S", program, "--help"], capture_output=True, check=True)
    assert b"begin" in done.stdout


def test_commands_of_three_systems_call_the_address_that_was_just_made(owner: Client) -> None:
    page = _shown(owner)
    addresses = re.findall(r">(https://\S+?)</textarea>", page)
    assert (len(addresses), len(set(addresses)), page.count("<textarea")) == (3, 1, 12)
    watched = Heartbeat.objects.get()
    assert (watched.title, watched.every_days, watched.heard_at) == ("Anna's laptop", 2, None)

    [address] = set(addresses)
    assert address.startswith("https://tryggve.annas.se/heartbeats/")
    assert owner.post(address.removeprefix("https://tryggve.annas.se")).status_code == 204
    watched.refresh_from_db()
    assert watched.heard_at is not None


def test_page_asks_for_a_place_and_a_login_of_its_own(owner: Client) -> None:
    page = text_of(owner, PAGE)
    assert ("A login of its own at that place" in page, "can often delete, too" in page) == (True, True)
    assert "Other computers can't reach Tryggve yet" not in page


def test_address_that_no_other_computer_reaches_is_told(owner: Client, settings: Settings) -> None:
    settings.ORIGIN = "http://localhost:8000"
    assert "Other computers can't reach Tryggve yet" in text_of(owner, PAGE)


def test_each_one_too_many_is_refused_in_words(owner: Client) -> None:
    for _number in range(50):
        owner.post(PAGE, SAID)
    assert "Tryggve watches at most 50 other backups" in _shown(owner)


def test_auditor_may_look_at_the_program_alone() -> None:
    reader = browser(Role.AUDITOR)
    assert (reader.get(PAGE).status_code, reader.get(f"{PAGE}program/").status_code) == (403, 200)
