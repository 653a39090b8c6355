"""A message to somebody who works here, and the server that it leaves by."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.notices import recipients, services
from tryggve.notices.models import OutboxMessage, Security
from tryggve.notices.registry import Kind


def lead_to(port: int) -> None:
    services.set_mail_server(
        host="localhost", port=port, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=NOW,
    )  # fmt: skip


def send(kind: Kind, to: User, firm: str = "Annas Snickeri") -> UUID:
    return services.send(kind, to=recipients.staff(to), at=NOW, firm=firm)


def the_row() -> OutboxMessage:
    return OutboxMessage.objects.get()


def due_in(row: OutboxMessage, at: datetime) -> timedelta:
    return row.next_try_at - at
