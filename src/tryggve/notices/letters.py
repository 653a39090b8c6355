"""What stands in one message, and the shapes it takes: rendered, sealed, as mail."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from django.template import Context, engines
from django.utils import translation

from tryggve import vault
from tryggve.notices.recipients import Recipient
from tryggve.notices.registry import Kind

Fact = str | int

_LONGEST_SUBJECT = 150
_MAIL = policy.SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """Address, subject and text, in the clear: held in memory only."""

    address: str
    subject: str
    text: str


def rendered(kind: Kind, *, to: Recipient, facts: Mapping[str, Fact]) -> Letter:
    """The message in the language of its reader. Raises KeyError for a fact that the subject lacks."""
    plain = {name: _without_controls(str(value)) for name, value in facts.items()}
    with translation.override(to.language):
        subject = str(kind.subject) % plain
        # Plain text: what HTML would escape stands as it is.
        text = engines["django"].engine.get_template(kind.template).render(Context(plain, autoescape=False))  # type: ignore[attr-defined] # Django's own engine has it
    return Letter(to.address, _one_line(subject), text.strip() + "\n")


def sealed(letter: Letter, message: UUID) -> bytes:
    """One document under the service key, for this row alone. Raises vault.Locked."""
    return vault.seal_for_service(_purpose(message), json.dumps(asdict(letter)).encode())


def opened(blob: bytes, message: UUID) -> Letter:
    """The letter of this row. Raises vault.Locked and vault.CannotOpen."""
    return Letter(**json.loads(vault.open_for_service(_purpose(message), blob)))


def as_mail(
    letter: Letter, *, sender: Address, to: Address, message: UUID, made_at: datetime
) -> EmailMessage:
    """The mail (RFC 5322); its Message-ID is the same each time. Raises ValueError for text that is none."""
    mail = EmailMessage(_MAIL)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(made_at)
    mail["Message-ID"] = f"<{message}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply comes back
    mail.set_content(letter.text, cte="quoted-printable")
    return mail


def address_of(address: str, name: str = "") -> Address:
    """The address as a server reads it: å, ä and ö in the domain as IDNA writes them. Raises ValueError.

    A server that takes such letters before the ``@``, too, is rare: those are refused.
    """
    user, _at, domain = address.rpartition("@")
    if not user or not user.isascii() or not user.isprintable() or not domain:
        raise ValueError("not an address")
    return Address(_one_line(_without_controls(name)), user, domain.encode("idna").decode())


def _purpose(message: UUID) -> str:
    return f"outbox {message}"


def _without_controls(text: str) -> str:
    """Lines stay lines; what else steers a terminal, a header or a mail program becomes a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or not _steers(sign) else " " for sign in lines)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_SUBJECT]
