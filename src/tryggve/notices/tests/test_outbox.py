"""Messages in the outbox: written sealed, thrown away, tried again, forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests import ground
from tests.cast import NOW
from tests.leftovers.spellings import spellings
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.notices import letters, recipients, selectors, services
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.notices.registry import Kind

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
SECRETS = ("anna@mailbox.example", "Hemliga Snickeriet", "djup hemlighet")


@pytest.fixture
def anna(anna: User) -> User:
    """With an address that stands nowhere else."""
    anna.email = SECRETS[0]
    return anna


def _send(kind: Kind, to: User, firm: str = "Annas Snickeri") -> UUID:
    return services.send(kind, to=recipients.staff(to), at=NOW, firm=firm)


def _set(**other: object) -> frozenset[str]:
    told: dict[str, object] = {
        "host": "localhost", "port": 25, "security": Security.NONE, "username": "", "password": None,
        "sender_address": "tryggve@example.se", "sender_name": "", "at": NOW,
    }  # fmt: skip
    return services.set_mail_server(**(told | other))  # type: ignore[arg-type] # one of each kind


def _in_database() -> bytes:
    """Everything in it, as it lies there or as PostgreSQL writes it out."""
    if not ground.on_postgresql():
        whole: bytes = connection.connection.serialize()
        return whole
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - names that the database told
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows).encode()


def test_message_waits_sealed_for_whom_it_is(kind: Kind, anna: User) -> None:
    message = _send(kind, anna)

    row = OutboxMessage.objects.get()
    assert (row.pk, row.kind, row.recipient_ref, row.state) == (message, kind.code, anna.actor, State.WAITING)
    assert (row.made_at, row.next_try_at, row.attempts, row.error) == (NOW, NOW, 0, "")
    letter = letters.opened(bytes(row.body_sealed or b""), message)
    assert (letter.address, letter.subject) == (anna.email, "Test mail from Annas Snickeri")


def test_database_holds_neither_address_nor_text_nor_password(kind: Kind, anna: User) -> None:
    before = _in_database()
    _send(kind, anna, firm=SECRETS[1])
    _set(username="x", password=SECRETS[2])
    OutboxMessage.objects.create(kind="planted-words", recipient_ref="x", made_at=NOW, next_try_at=NOW)

    after = _in_database()
    assert b"planted-words" in after
    assert b"planted-words" not in before
    assert [word for word in SECRETS if any(form in after for form in spellings(word))] == []


def test_message_belongs_to_the_transaction_of_the_deed(kind: Kind, anna: User) -> None:
    with transaction.atomic():
        _send(kind, anna)
        transaction.set_rollback(True)
    assert OutboxMessage.objects.count() == 0


def test_couriers_are_called_with_each_new_message(kind: Kind, anna: User) -> None:
    called: list[UUID] = []
    services.courier(called.append)
    message = _send(kind, anna)
    services.try_again(message=message, at=NOW)
    assert called == [message, message]


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED, State.GIVEN_UP])
def test_message_is_tried_again_from_the_beginning(kind: Kind, anna: User, state: str) -> None:
    message = _send(kind, anna)
    later = NOW + timedelta(days=4)
    OutboxMessage.objects.update(state=state, attempts=7, first_tried_at=NOW, next_try_at=later)

    services.try_again(message=message, at=NOW)

    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts, row.first_tried_at, row.next_try_at) == (State.WAITING, 0, None, NOW)


@pytest.mark.parametrize("state", [State.SENT, State.SENDING])
def test_message_that_leaves_is_neither_tried_again_nor_thrown_away(
    kind: Kind, anna: User, state: str
) -> None:
    message = _send(kind, anna)
    OutboxMessage.objects.update(state=state, body_sealed=None)

    with pytest.raises(services.MessageGone):
        services.try_again(message=message, at=NOW)
    with pytest.raises(services.MessageGone):
        services.discard(message=message)
    assert OutboxMessage.objects.get().state == state


def test_message_thrown_away_is_gone(kind: Kind, anna: User) -> None:
    message, other = _send(kind, anna), _send(kind, anna)
    assert services.discard(message=message).kind == kind.code
    assert [row.pk for row in OutboxMessage.objects.all()] == [other]
    with pytest.raises(services.MessageGone):
        services.discard(message=message)


def test_messages_made_before_a_day_are_forgotten(kind: Kind, anna: User) -> None:
    services.send(kind, to=recipients.staff(anna), at=NOW - timedelta(seconds=1), firm="x")
    kept = _send(kind, anna)
    assert services.forget_old(before=NOW) == 1
    assert [row.pk for row in OutboxMessage.objects.all()] == [kept]


def test_settings_open_again_with_their_password() -> None:
    assert selectors.opened_mail_server() is None
    assert _set(host="mail.example.se", port=587, security=Security.STARTTLS, username="karin", password="gömd") == {
        "host", "port", "security", "username", "password", "sender_address", "sender_name",
    }  # fmt: skip
    server = selectors.opened_mail_server()
    assert server is not None
    assert (server.host, server.port, server.username, server.password) == (
        "mail.example.se",
        587,
        "karin",
        "gömd",
    )
    assert "gömd" not in repr(server)


def test_password_stays_until_another_or_none_is_given() -> None:
    _set(username="karin", password="gömd")
    assert _set(username="karin", port=26) == {"port"}
    kept = selectors.opened_mail_server()
    assert _set(username="karin", port=26, password="") == {"password"}
    emptied = selectors.opened_mail_server()
    assert kept is not None
    assert emptied is not None
    assert (kept.password, emptied.password) == ("gömd", "")


@pytest.mark.parametrize("changed", [{"host": "127.0.0.1"}, {"username": "mallory"}])
def test_saved_password_never_goes_to_another_server_or_user_name(changed: dict[str, str]) -> None:
    _set(username="karin", password="gömd")
    with pytest.raises(services.PasswordNeeded):
        _set(**({"username": "karin"} | changed))
    kept = selectors.opened_mail_server()
    assert kept is not None
    assert (kept.host, kept.username, kept.password) == ("localhost", "karin", "gömd")


def test_new_settings_make_what_waits_due_at_once(kind: Kind, anna: User) -> None:
    _send(kind, anna)
    later = NOW + timedelta(hours=1)
    OutboxMessage.objects.update(attempts=5, first_tried_at=NOW, next_try_at=later)
    _set()
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.first_tried_at, row.next_try_at) == (0, None, NOW)


def test_settings_without_encryption_to_another_computer_are_refused() -> None:
    with pytest.raises(services.UnencryptedMail):
        _set(host="mail.example.se")
    assert MailServer.objects.count() == 0


def test_password_opens_for_nothing_else() -> None:
    _set(username="karin", password="gömd")
    sealed = bytes(MailServer.objects.get().password_sealed or b"")
    with pytest.raises(vault.Damaged):
        vault.open_for_service("outbox", sealed)


def test_what_waited_in_a_copy_that_was_put_back_waits_for_a_person(kind: Kind, anna: User) -> None:
    waiting, sending, refused = (_send(kind, anna) for _each in range(3))
    OutboxMessage.objects.filter(pk=sending).update(state=State.SENDING, last_tried_at=NOW)
    OutboxMessage.objects.filter(pk=refused).update(state=State.FAILED, error="message-refused")

    assert [services.hold_restored(at=NOW) for _again in range(2)] == [2, 0]

    told = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert told == {waiting: State.GIVEN_UP, sending: State.GIVEN_UP, refused: State.FAILED}
    assert set(OutboxMessage.objects.exclude(pk=refused).values_list("error", flat=True)) == {"restored"}
    _set()
    services.try_again(message=waiting, at=NOW)
    assert OutboxMessage.objects.filter(state=State.WAITING).get().pk == waiting
