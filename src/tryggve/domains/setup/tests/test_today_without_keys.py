"""The first page when the register's keys can't be had: it says so in words, and is no error page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.lib import folders
from tryggve.vault.keeper_socket.client import KeeperSilent

pytestmark = pytest.mark.django_db
TODAY = "/today/"
WRONG = "Something is wrong with the register&#x27;s keys"


@pytest.fixture
def store() -> Iterator[Path]:
    """Where the key store is, which comes back afterwards as it was."""
    where = folders.current().keys
    whole = where.read_bytes()
    yield where
    where.write_bytes(whole)
    where.chmod(0o600)
    vault.forget()


def _lose(store: Path) -> None:
    store.unlink()


def _spoil(store: Path) -> None:
    store.write_bytes(b"garbage" * 1000)


@pytest.mark.parametrize("was_open", [True, False])
@pytest.mark.parametrize(("harm", "told"), [(_lose, "is missing"), (_spoil, "is damaged")])
def test_a_key_store_that_is_gone_or_damaged_is_an_alarm_with_what_to_do(
    as_anna: Client, store: Path, harm: Callable[[Path], None], told: str, was_open: bool
) -> None:
    assert WRONG not in as_anna.get(TODAY).content.decode()
    harm(store)
    if not was_open:
        vault.forget()

    answer = as_anna.get(TODAY)

    page = answer.content.decode()
    assert (answer.status_code, WRONG in page, f"{store} {told}" in page) == (200, True, True)
    assert "in its place" in page or "back, and try again" in page


def test_who_does_not_look_after_the_keys_is_not_alarmed(as_bo: Client, bo: User, store: Path) -> None:
    User.objects.filter(pk=bo.pk).update(role=Role.SUPPLIER)
    _lose(store)
    vault.forget()

    answer = as_bo.get(TODAY)
    assert (answer.status_code, WRONG in answer.content.decode()) == (200, False)


@pytest.mark.parametrize("passing", [vault.KeysChanging, KeeperSilent])
def test_what_passes_by_itself_is_no_alarm(
    as_anna: Client, monkeypatch: pytest.MonkeyPatch, passing: type[vault.Locked]
) -> None:
    def raising() -> vault.Keyring:
        raise passing

    monkeypatch.setattr(vault, "keyring", raising)

    answer = as_anna.get(TODAY)
    assert (answer.status_code, WRONG in answer.content.decode()) == (200, False)
