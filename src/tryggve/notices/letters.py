"""What stands in one message, and the shapes it takes: rendered, sealed, as mail."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from django.template import Context, engines
from django.utils import translation

from tryggve import vault
from tryggve.notices.recipients import CUSTOMER, Recipient
from tryggve.notices.registry import Kind

Fact = str | int

LONGEST_SUBJECT = 150


class _AsItIs(UnstructuredHeader):
    """A header that programs read: an address in it, longer than a line, is neither folded nor encoded."""

    max_count = 1

    def fold(self, *, policy: policy.Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # of every header


_headers = HeaderRegistry()
for _name in ("list-unsubscribe", "list-unsubscribe-post"):
    _headers.map_to_type(_name, _AsItIs)  # type: ignore[arg-type]  # mixed with BaseHeader when it is made
_MAIL = policy.SMTP.clone(max_line_length=78, header_factory=_headers)


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


def in_own_words(address: str, *, subject: str, text: str) -> Letter:
    """What somebody wrote, as it can cross the wire: whatever steers a header or a mail program becomes a space."""
    return Letter(address, _one_line(_without_controls(subject)), _without_controls(text).strip() + "\n")


def sealed(letter: Letter, message: UUID, to: Recipient | None = None) -> bytes:
    """One document for this row alone, under the service key or the customer's. Raises vault.Locked and KeyGone."""
    document = json.dumps(asdict(letter)).encode()
    if to is None or to.key is None:
        return vault.seal_for_service(_purpose(message), document)
    return vault.keyring().seal(document, key=to.key, bound_to=_binding(message, to.ref))


def opened(blob: bytes, message: UUID, recipient_ref: str = "") -> Letter:
    """The letter of this row. Raises vault.Locked and vault.CannotOpen."""
    if recipient_ref.startswith(CUSTOMER):
        return Letter(**json.loads(vault.keyring().open(blob, bound_to=_binding(message, recipient_ref))))
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


def _binding(message: UUID, recipient_ref: str) -> vault.Binding:
    customer = UUID(recipient_ref.removeprefix(CUSTOMER))
    return vault.Binding(
        type_name="notices.message", record=message, subject=customer, part="details", revision=1
    )


def _purpose(message: UUID) -> str:
    return f"outbox {message}"


def _without_controls(text: str) -> str:
    """Lines stay lines; what else steers a terminal, a header or a mail program becomes a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or not _steers(sign) else " " for sign in lines)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SUBJECT]
