"""After a theft it is told anew what lets into a place: by the page of the place, and by words."""

import getpass
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.commands import database_in_its_place, run
from tests.counting import asked
from tests.signing_in import browser_of
from tryggve.accounts.roles import Role
from tryggve.domains.backups import place_access, place_kinds
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_kinds import sftp
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.tests.added_places import add
from tryggve.domains.backups.tests.on_pages import HOME, hidden, person, place, text_of
from tryggve.domains.backups.tests.sftp_server import SftpServer

__all__ = ["database_in_its_place"]
pytestmark = [pytest.mark.process, pytest.mark.django_db]
STORAGE = {"endpoint": "https://far.example", "bucket": "firm", "prefix": "tryggve", "region": "eu", "key_id": "id-1",
           "secret": "hush-hush"}  # fmt: skip


@pytest.fixture
def owner() -> Client:
    return browser_of(person("anna@annas.se", Role.OWNER))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    with SftpServer(tmp_path / "ssh") as one:
        yield one


def _where(server: SftpServer) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "user": getpass.getuser(),
        "path": str(server.home),
    }


def _added(server: SftpServer) -> Place:
    pair = sftp.new_key_pair()
    server.let_in(pair.public)
    shown = sftp.host_key("127.0.0.1", str(server.port))
    add("SFTP", {**_where(server), "private_key": pair.private, "host_key": shown.line})
    return Place.objects.get()


def _storage() -> Place:
    sealed = place_access.sealed(place_kinds.access_of("S3", STORAGE))
    return place("Far", at=timezone.now(), kind="S3", access_sealed=sealed)


def test_page_takes_a_new_key_and_the_backups_are_the_same(owner: Client, server: SftpServer) -> None:
    there = _added(server)
    before = selectors.one(there.pk).access
    page = f"{HOME}places/{there.pk}/"
    assert f"{page}access/" in text_of(owner, page)
    first = owner.get(f"{page}access/").content.decode()
    public = first.split('translate="no">')[1].split("</textarea>")[0]
    said = {**_where(server), "carried_key": hidden(first, "carried_key")}
    shown = owner.post(f"{page}access/", said).content.decode()
    told = {**said, "is_right": "on", **{name: hidden(shown, name) for name in ("host_key", "shown_by")}}
    assert "doesn't let Tryggve in" in owner.post(f"{page}access/", told).content.decode().replace(
        "&#x27;", "'"
    )
    assert selectors.one(there.pk).access == before

    server.let_in_alone(public)
    assert owner.post(f"{page}access/", told)["Location"] == page

    after = selectors.one(there.pk)
    assert (after.access.files["key"] != before.files["key"], after.access.data_password) == (
        True,
        before.data_password,
    )
    assert after.data is not None
    assert after.data.exists()
    assert "Saved: your backups are there." in text_of(owner, page)


def test_page_shows_where_it_is_and_nothing_that_lets_in(owner: Client) -> None:
    page = f"{HOME}places/{_storage().pk}/access/"
    shown = text_of(owner, page)
    assert [f'value="{STORAGE[name]}"' in shown for name in ("endpoint", "bucket", "prefix")] == [True] * 3
    assert ("id-1" in shown, "hush-hush" in shown, 'name="title"' in shown) == (False, False, False)
    told = {**STORAGE, "endpoint": "http://far.example"}
    refused = owner.post(page, told).content.decode()
    assert ("must begin with https://" in refused, "hush-hush" in refused) == (True, False)


def test_folder_is_let_into_by_nobody(owner: Client) -> None:
    sealed = place_access.sealed(place_access.Access("/nowhere"))
    folder = place("Disk", at=timezone.now(), access_sealed=sealed)
    assert owner.get(f"{HOME}places/{folder.pk}/access/").status_code == 404
    assert "/access/" not in text_of(owner, f"{HOME}places/{folder.pk}/")


def test_page_wants_the_second_factor_once_more() -> None:
    a_while_ago = browser_of(person("bo@annas.se", Role.OWNER), at=timezone.now() - timedelta(minutes=15))
    page = f"{HOME}places/{_storage().pk}/access/"
    for answer in (a_while_ago.get(page), a_while_ago.post(page, {})):
        assert answer["Location"].startswith("/sign-in/confirm/")


def test_page_asks_as_often_however_many_places(owner: Client) -> None:
    page = f"{HOME}places/{_storage().pk}/access/"
    few = len(asked(owner, page))
    for _number in range(5):
        _storage()
    assert (few, len(asked(owner, page))) == (4, 4)


def test_command_takes_a_new_key(
    database_in_its_place: None, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tryggve.domains.setup.api.require", lambda: None)
    there = _added(server)
    _status, made = run("backups", "backup", "places", "sftp-key", "127.0.0.1", "--port", str(server.port))
    told = json.loads(made)
    server.let_in_alone(told["public_key"])
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**_where(server), **told["fields"]})))
    status, said = run("backups", "backup", "places", "change", str(there.pk), "-", "--json")
    assert (status, json.loads(said)[0]["state"]) == (0, "reached")
    found = selectors.one(there.pk).data
    assert found is not None
    assert found.exists()
