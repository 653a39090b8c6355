from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.setup import actions, notices
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.notices import letters, recipients, registry, services, smtp
from tryggve.notices import selectors as kept

_SENT = "sent"


class NoMailSettings(Refusal):
    """There is no server to send through."""


@transaction.atomic
def change_mail_server(
    *,
    host: str,
    port: int,
    security: str,
    username: str,
    password: str | None,
    sender_address: str,
    sender_name: str,
    actor: str,
    at: datetime,
    is_vouched: bool,
) -> None:
    """Where mail leaves from now on; ``password`` None keeps the old one, for the same server and user name.

    ``is_vouched``: whoever changes it may change people, and so may read what lets people in.

    Raises UnencryptedMail, PasswordNeeded, vault.Locked.
    """
    changed = services.set_mail_server(
        host=host, port=port, security=security, username=username, password=password,
        sender_address=sender_address, sender_name=sender_name, at=at, is_vouched=is_vouched,
    )  # fmt: skip
    if changed:
        fields = sorted(name.replace("_", "-") for name in changed)
        audit.record(actions.MAIL_SERVER_CHANGED, actor=actor, at=at, fields=fields)


def send_test_mail(*, to: User, actor: str, at: datetime) -> smtp.NotSent | None:
    """Send a mail at once, past the outbox; returns why it didn't leave. Raises NoMailSettings."""
    refusal = None
    try:
        _try(to, at)
    except smtp.NotSent as why:
        refusal = why
    outcome = str(refusal.trouble) if refusal else _SENT
    audit.record(actions.TEST_MAIL_SENT, actor=actor, at=at, subject=to.pk, outcome=outcome)
    return refusal


def try_again(*, message: UUID, at: datetime) -> None:
    """Raises MessageGone."""
    services.try_again(message=message, at=at)


@transaction.atomic
def discard(*, message: UUID, actor: str, at: datetime) -> None:
    """Throw a message away that hasn't left. Raises MessageGone."""
    row = services.discard(message=message)
    audit.record(
        actions.MESSAGE_DISCARDED,
        actor=actor,
        at=at,
        subject=UUID(row.recipient_ref.partition(":")[2]),
        message=str(row.pk),
        kind=row.kind,
    )


def _try(to: User, at: datetime) -> None:
    server = kept.usable_mail_server()
    if server is None:
        raise NoMailSettings(
            _("Nothing was sent: there are no settings for mail yet. Fill them in and save.")
        )
    smtp.hand_over(server, _test_letter(to), message=new_id(), made_at=at)


def _test_letter(to: User) -> letters.Letter:
    firm = selectors.the_firm()
    kind: registry.Kind = notices.TEST_MAIL
    return letters.rendered(kind, to=recipients.staff(to), facts={"firm": firm.name if firm else "Tryggve"})
