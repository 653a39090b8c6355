"""Each attempt is one entry in the audit log, and none of them holds an address."""

import json

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door
from tryggve.lib.folders import Folders
from tryggve.vault.owners import keys_in_use

pytestmark = pytest.mark.django_db


def _written() -> str:
    return json.dumps(
        [[entry.action, entry.actor, str(entry.subject), entry.facts] for entry in door.entries()],
        default=str,
    )


def test_sign_in_is_one_entry_of_who_came(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    (entry,) = door.entries()
    assert (entry.action, entry.actor, entry.subject) == ("access.signed-in", anna.actor, anna.pk)
    assert entry.facts == {"method": "password"}


def _told(entry: Entry) -> tuple[str, dict[str, str]]:
    told = audit.details_of([entry])[entry.pk]
    return told.state, dict(told.words)


def test_where_somebody_signed_in_from_is_sealed_under_their_own_key(anna: User) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Firefox/140 " + "x" * 500)
    door.sign_in(browser)
    door.sign_in(Client(REMOTE_ADDR="2001:db8::1", HTTP_USER_AGENT=""))
    first, second = door.entries()
    assert _told(first) == (
        "open",
        {"address": "192.0.2.7", "browser": ("Firefox/140 " + "x" * 500)[:200]},
    )
    assert _told(second) == ("open", {"address": "2001:db8::1", "browser": ""})
    assert "192.0.2.7" not in _written()
    anna.refresh_from_db()
    assert {vault.key_id_of(bytes(entry.details_sealed or b"")) for entry in (first, second)} == {
        anna.key_ref
    }


def test_destroyed_key_erases_where_somebody_signed_in_from_and_the_log_stays(anna: User) -> None:
    door.sign_in(Client(REMOTE_ADDR="192.0.2.7"))
    anna.refresh_from_db()
    assert anna.key_ref is not None
    vault.staff_keyring().destroy_keys([anna.key_ref])
    (entry,) = door.entries()
    assert (_told(entry), entry.actor) == (("erased", {}), anna.actor)


def test_key_of_an_account_is_in_use_and_not_collected(anna: User) -> None:
    door.sign_in(Client())
    anna.refresh_from_db()
    assert anna.key_ref in set(keys_in_use())


def test_account_signs_in_also_without_a_service_key(anna: User, chosen: Folders) -> None:
    vault.create(chosen)
    vault.forget()
    chosen.service_key_file.unlink()
    browser = Client()
    door.sign_in(browser)
    (entry,) = door.entries()
    assert (door.is_signed_in(browser), entry.action, entry.details_sealed) == (
        True,
        "access.signed-in",
        None,
    )


def test_failed_attempt_names_the_account_by_its_id_alone(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory, password=door.WRONG)
    (entry,) = door.entries()
    assert (entry.action, entry.actor, entry.subject) == ("access.sign-in-failed", "anonymous", anna.pk)
    assert entry.facts == {"account_exists": True}
    assert [word for word in ("@", "anna", "example", "dansar") if word in _written()] == []


def test_failed_attempt_at_an_account_written_in_capitals_names_it_too(
    anna: User, as_mallory: Client
) -> None:
    door.sign_in(as_mallory, "ANNA@example.se", door.WRONG)
    assert [entry.subject for entry in door.entries()] == [anna.pk]


def test_failed_attempt_at_no_account_names_nobody(anna: User, as_mallory: Client) -> None:
    """What was typed may be a password in the wrong field: none of it is kept."""
    door.sign_in(as_mallory, "cilla@example.com", door.WRONG)
    (entry,) = door.entries()
    assert (entry.action, entry.subject, entry.facts) == (
        "access.sign-in-failed",
        None,
        {"account_exists": False},
    )
    assert "cilla" not in _written()


def test_attempt_at_a_closed_account_is_one_failed_entry(anna: User, as_mallory: Client) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    door.sign_in(as_mallory)
    assert [(entry.action, entry.subject) for entry in door.entries()] == [("access.sign-in-failed", anna.pk)]


def test_form_that_is_not_filled_in_is_no_attempt(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory, "", PASSWORD)
    door.sign_in(as_mallory, "no address", PASSWORD)
    door.sign_in(as_mallory, anna.email, "")
    assert door.entries() == []


def test_sign_out_is_one_entry_of_who_left(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    as_mallory.post("/sign-out/")
    left = door.entries()[-1]
    assert (left.action, left.actor, left.facts) == ("access.signed-out", anna.actor, {})
    as_mallory.post("/sign-out/")
    assert door.codes() == ["access.signed-in", "access.signed-out"]


def test_looking_at_the_form_writes_nothing(as_mallory: Client) -> None:
    as_mallory.get("/sign-in/")
    assert door.entries() == []
