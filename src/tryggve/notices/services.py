from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.notices import letters, smtp
from tryggve.notices.letters import Fact
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.notices.recipients import Recipient
from tryggve.notices.registry import Kind
from tryggve.notices.troubles import Trouble

State = OutboxMessage.State
Courier = Callable[[UUID], object]

KEEP_FOR = timedelta(days=90)
PASSWORD_PURPOSE = "smtp password"  # noqa: S105 - what it is sealed for
# By these whoever runs the server can read what leaves.
_WAY = frozenset({"host", "port", "security", "username"})
_couriers: list[Courier] = []


class MessageGone(Refusal):
    """It was sent or thrown away meanwhile."""


class UnencryptedMail(Refusal):
    """A password may not cross a network in the clear."""


class PasswordNeeded(Refusal):
    """The saved password belongs to another server or another user name."""


def courier(function: Courier) -> Courier:
    """Call the function with each new message's id, in the transaction that made it: it queues the sending."""
    _couriers.append(function)
    return function


def send(kind: Kind, *, to: Recipient, at: datetime, **facts: Fact) -> UUID:
    """Put a message in the outbox, in the caller's transaction, and answer its id.

    Facts may be words: they are sealed with the rest. Raises vault.Locked when the key can't be had, the service's or
    the customer's, and KeyError for a fact that the subject lacks.
    """
    message = new_id()
    body = letters.sealed(letters.rendered(kind, to=to, facts=facts), message, to)
    OutboxMessage.objects.create(
        pk=message, kind=kind.code, recipient_ref=to.ref, body_sealed=body, made_at=at, next_try_at=at
    )
    _call(message)
    return message


@transaction.atomic
def try_again(*, message: UUID, at: datetime) -> None:
    """Begin anew with a message that waits, was refused or given up. Raises MessageGone."""
    ended = OutboxMessage.objects.filter(pk=message, state__in=(State.WAITING, State.FAILED, State.GIVEN_UP))
    if not ended.update(state=State.WAITING, attempts=0, first_tried_at=None, next_try_at=at):
        raise _gone()
    _call(message)


@transaction.atomic
def discard(*, message: UUID) -> OutboxMessage:
    """Throw a message away that hasn't left; returns the row as it was. Raises MessageGone."""
    row = OutboxMessage.objects.select_for_update().filter(pk=message).first()
    if row is None or row.state in (State.SENT, State.SENDING):
        raise _gone()
    OutboxMessage.objects.filter(pk=message).delete()
    return row


@transaction.atomic
def set_mail_server(
    *,
    host: str,
    port: int,
    security: str,
    username: str,
    password: str | None,
    sender_address: str,
    sender_name: str,
    at: datetime,
    is_vouched: bool = True,
) -> frozenset[str]:
    """Where mail leaves from now on; returns the names of what changed. Whatever waits is tried at once.

    ``password`` None keeps the one that is there, for the same server and user name alone. ``is_vouched``: whoever sets
    them may change people; without it, what lets its reader in leaves by no other way than before. Raises
    UnencryptedMail, PasswordNeeded, vault.Locked.
    """
    if security == Security.NONE and not smtp.is_loopback(host):
        raise UnencryptedMail(
            _(
                "Without encryption only a server on this computer can be used. Nothing was changed. Choose STARTTLS."
            )
        )
    told: dict[str, object] = {
        "host": host, "port": port, "security": security, "username": username,
        "sender_address": sender_address, "sender_name": sender_name,
    }  # fmt: skip
    # For update: another change between this look and the writing could bring another server's password.
    before = MailServer.objects.select_for_update().filter(pk=1).first()
    if password is None and before is not None and before.password_sealed:
        _require_same_login(before, host, username)
    changed = {name for name, value in told.items() if before is None or getattr(before, name) != value}
    if password is not None:
        changed.add("password")
        told["password_sealed"] = (
            vault.seal_for_service(PASSWORD_PURPOSE, password.encode()) if password else None
        )
    told["is_vouched"] = is_vouched or (before is not None and before.is_vouched and not changed & _WAY)
    MailServer.objects.update_or_create(pk=1, defaults={**told, "changed_at": at})
    OutboxMessage.objects.filter(state=State.WAITING).update(attempts=0, first_tried_at=None, next_try_at=at)
    return frozenset(changed)


def hold_restored(*, at: datetime) -> int:
    """What waited in a copy that was put back waits for a person, who may know whether it was sent since; how many.

    Only before the worker has sent anything from there.
    """
    held = OutboxMessage.objects.filter(state__in=(State.WAITING, State.SENDING))
    return held.update(state=State.GIVEN_UP, last_tried_at=at, error=Trouble.RESTORED, reply_code=None)


def forget_old(*, before: datetime) -> int:
    """Remove what was made before then, whatever became of it; returns how many."""
    return OutboxMessage.objects.filter(made_at__lt=before).delete()[0]


def _require_same_login(before: MailServer, host: str, username: str) -> None:
    if (before.host, before.username) != (host, username):
        raise PasswordNeeded(_("Type the password, too: a saved one is never sent to another server."))


def _call(message: UUID) -> None:
    for function in _couriers:
        function(message)


def _gone() -> MessageGone:
    return MessageGone(_("This message was sent or thrown away meanwhile. Nothing was changed."))
