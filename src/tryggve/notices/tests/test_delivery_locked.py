"""What leaves, and what waits, while a key is away."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.lib import folders
from tryggve.notices import delivery, recipients, services
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.registry import Kind
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import send, the_row
from tryggve.notices.troubles import Trouble

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
MINUTE = timedelta(minutes=1)


def test_password_of_another_register_keeps_messages_waiting(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    send(kind, anna)
    MailServer.objects.update(username="x", password_sealed=vault.seal_for_service("another purpose", b"x"))
    delivery.deliver_due(at=NOW)
    assert (the_row().state, the_row().error) == (State.WAITING, Trouble.WRONG_PASSWORD)
    assert settings_for.desk.senders == []


def test_message_waits_while_the_service_key_is_away(
    kind: Kind, anna: User, settings_for: PostOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    send(kind, anna)
    with monkeypatch.context() as away:
        away.setenv("TRYGGVE_CONFIG", str(tmp_path))
        delivery.deliver_due(at=NOW)
    assert (the_row().state, the_row().error) == (State.WAITING, Trouble.KEY_MISSING)
    assert delivery.deliver_due(at=NOW + MINUTE) == 1


def test_message_is_written_and_leaves_while_the_register_is_locked(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    key = folders.current().key_file
    kept = key.with_name("key-moved-away")
    vault.forget()
    key.rename(kept)
    try:
        with pytest.raises(vault.Locked):
            vault.keyring()
        send(kind, anna)
        assert delivery.deliver_due(at=NOW) == 1
    finally:
        kept.rename(key)
        vault.forget()
    assert len(settings_for.desk.taken) == 1


def test_message_to_a_customer_waits_while_the_register_is_locked_and_holds_up_no_other(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    customer = uuid4()
    [own] = vault.keyring().create_keys([customer])
    to = recipients.customer(customer, address="cilla@example.se", language="sv", key=own)
    waits = services.send(kind, to=to, at=NOW, firm="Annas Snickeri")
    send(kind, anna)
    key = folders.current().key_file
    kept = key.with_name("key-moved-away")
    vault.forget()
    key.rename(kept)
    try:
        assert delivery.deliver_due(at=NOW) == 1
    finally:
        kept.rename(key)
        vault.forget()
    row = OutboxMessage.objects.get(pk=waits)
    assert (row.state, row.error) == (State.WAITING, Trouble.LOCKED)
    assert (row.attempts, row.first_tried_at) == (0, None)
    assert delivery.deliver_due(at=NOW + MINUTE) == 1
    assert [mail["To"] for mail in settings_for.desk.taken] == [anna.email, "cilla@example.se"]


def test_message_to_a_customer_is_not_given_up_however_long_the_register_is_locked(
    anna: User, kind: Kind, settings_for: PostOffice
) -> None:
    customer = uuid4()
    [own] = vault.keyring().create_keys([customer])
    to = recipients.customer(customer, address="cilla@example.se", language="sv", key=own)
    services.send(kind, to=to, at=NOW, firm="Annas Snickeri")
    key = folders.current().key_file
    kept = key.with_name("key-moved-away")
    vault.forget()
    key.rename(kept)
    try:
        for hours in range(0, 97, 12):
            delivery.deliver_due(at=NOW + timedelta(hours=hours))
    finally:
        kept.rename(key)
        vault.forget()
    assert the_row().state == State.WAITING
    assert delivery.deliver_due(at=NOW + timedelta(hours=97)) == 1
