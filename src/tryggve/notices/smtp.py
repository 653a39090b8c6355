"""Handing one mail to a server: encrypted, the certificate checked, and every refusal told by a code."""

import base64
import contextlib
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from tryggve.notices import letters, troubles
from tryggve.notices.conversation import Conversation, Deadline
from tryggve.notices.letters import Letter
from tryggve.notices.models import Security
from tryggve.notices.troubles import PERMANENT, Trouble

SECONDS = 15.0
SECONDS_IN_ALL = 120.0
_SIGNED_IN = 235
_TAKEN = 250
_FIRST_REFUSAL = 300
_FIRST_PERMANENT = 500
_CLOSING = 421  # the server is going down, whatever was asked


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail leaves, with its password in the clear: held in memory only."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    sender_address: str
    sender_name: str
    is_vouched: bool = True


class NotSent(Exception):
    """The server didn't take it; holds codes only, never what the server wrote.

    ``may_have_arrived``: it was given the whole text, or part of it, and its answer was lost.
    """

    def __init__(self, trouble: Trouble, reply: int | None = None, *, is_about_server: bool = True) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.reply = reply
        self.is_about_server = is_about_server
        self.may_have_arrived = False

    @property
    def in_words(self) -> str:
        return troubles.in_words(self.trouble, self.reply)


def hand_over(
    server: Server,
    letter: Letter,
    *,
    message: UUID,
    made_at: datetime,
    dress: Callable[[EmailMessage], None] | None = None,
    seconds: float = SECONDS,
    in_all: float = SECONDS_IN_ALL,
) -> None:
    """Give the letter to the server, which answers for it from then on. Raises NotSent.

    ``seconds`` is the longest silence borne at each step, ``in_all`` the longest conversation, whatever the server
    says in it. ``dress`` adds to the mail what isn't in every letter. Where the server's answer to the text itself is
    lost, nobody knows whether it took the mail: that counts as not sent, and ``may_have_arrived``.
    """
    sender, address, content = _ready(server, letter, message=message, made_at=made_at, dress=dress)
    with _told_in_codes(in_all) as deadline:
        _converse(server, sender, address, content, seconds, deadline)


def rehearse(
    server: Server, address: str, *, seconds: float = SECONDS, in_all: float = SECONDS_IN_ALL
) -> None:
    """All that sending to that address takes, up to where the text would follow; then it is taken back. Raises NotSent.

    Nothing is sent: the server has said that it lets us in, takes our sender, and takes mail to there.
    """
    try:
        sender, to = (
            letters.address_of(server.sender_address).addr_spec,
            letters.address_of(address).addr_spec,
        )
    except ValueError:
        raise NotSent(Trouble.RECIPIENT_REFUSED, is_about_server=False) from None
    with (
        _told_in_codes(in_all) as deadline,
        contextlib.closing(_connected(server, seconds, deadline)) as link,
    ):
        _sign_in(link, server)
        link.ehlo_or_helo_if_needed()
        _require_taken(link.mail(sender), lambda said: smtplib.SMTPSenderRefused(*said, sender))
        _require_taken(link.rcpt(to), lambda said: smtplib.SMTPRecipientsRefused({to: said}))
        with contextlib.suppress(smtplib.SMTPException, OSError):
            link.rset()
            link.quit()


def _require_taken(said: tuple[int, bytes], refused: Callable[[tuple[int, bytes]], Exception]) -> None:
    if not _TAKEN <= said[0] < _FIRST_REFUSAL:
        raise refused(said)


@contextlib.contextmanager
def _told_in_codes(in_all: float) -> Iterator[Deadline]:
    """Whatever ends a conversation early becomes NotSent."""
    with Deadline(in_all) as deadline:
        try:
            yield deadline
        except (smtplib.SMTPException, OSError, ValueError) as error:
            refusal = NotSent(Trouble.NO_ANSWER) if deadline.has_passed else _told(error)
            refusal.may_have_arrived = deadline.awaits_verdict
            # Without the cause: its text holds addresses.
            raise refusal from None


def is_loopback(host: str) -> bool:
    """Whether the name can only mean this computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ready(
    server: Server,
    letter: Letter,
    *,
    message: UUID,
    made_at: datetime,
    dress: Callable[[EmailMessage], None] | None,
) -> tuple[str, str, bytes]:
    """Sender, recipient and content as they cross the wire."""
    try:
        sender = letters.address_of(server.sender_address, server.sender_name)
    except ValueError:
        raise NotSent(Trouble.SENDER_REFUSED) from None
    try:
        to = letters.address_of(letter.address)
        mail = letters.as_mail(letter, sender=sender, to=to, message=message, made_at=made_at)
        if dress is not None:
            dress(mail)
        return sender.addr_spec, to.addr_spec, mail.as_bytes()
    except ValueError:
        raise NotSent(Trouble.RECIPIENT_REFUSED, is_about_server=False) from None


def _converse(
    server: Server, sender: str, address: str, content: bytes, seconds: float, deadline: Deadline
) -> None:
    with contextlib.closing(_connected(server, seconds, deadline)) as link:
        _sign_in(link, server)
        link.sendmail(sender, [address], content)
        # It is sent: whatever becomes of the goodbye doesn't change that.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            link.quit()


def _connected(server: Server, seconds: float, deadline: Deadline) -> smtplib.SMTP:
    is_encrypted = server.security in (Security.TLS, Security.STARTTLS)
    if not is_encrypted and not is_loopback(server.host):
        raise NotSent(Trouble.NO_ENCRYPTION)
    context = ssl.create_default_context() if server.security == Security.TLS else None
    link = Conversation(server.host, server.port, silence=seconds, deadline=deadline, context=context)
    if server.security == Security.STARTTLS:
        _encrypt(link)
    return link


def _encrypt(link: smtplib.SMTP) -> None:
    try:
        link.starttls(context=ssl.create_default_context())
    except smtplib.SMTPNotSupportedError:
        link.close()
        raise NotSent(Trouble.NO_ENCRYPTION) from None
    except BaseException:
        link.close()
        raise


def _sign_in(link: smtplib.SMTP, server: Server) -> None:
    if not server.username:
        return
    if (server.username + server.password).isascii():
        link.login(server.username, server.password)
        return
    # smtplib signs in with ASCII only; RFC 4616 has UTF-8.
    token = base64.b64encode(f"\0{server.username}\0{server.password}".encode()).decode()
    link.ehlo_or_helo_if_needed()
    code, answer = link.docmd("AUTH", f"PLAIN {token}")
    if code != _SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _told(error: Exception) -> NotSent:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, _words = next(iter(error.recipients.values()))
        return _refused(Trouble.RECIPIENT_REFUSED, code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotSent(Trouble.NO_SIGN_IN)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(_trouble_of_answer(error), error.smtp_code)
    return NotSent(_trouble_on_the_way(error))


def _refused(trouble: Trouble, code: int) -> NotSent:
    is_about_server = trouble not in PERMANENT or code == _CLOSING
    return NotSent(
        trouble if code >= _FIRST_PERMANENT else Trouble.BUSY, code, is_about_server=is_about_server
    )


def _trouble_of_answer(error: smtplib.SMTPResponseException) -> Trouble:
    match error:
        case smtplib.SMTPDataError() if "SendAsDenied" in str(
            error.smtp_error
        ):  # how Exchange Online says it
            return Trouble.SENDER_REFUSED
        case smtplib.SMTPDataError():
            return Trouble.MESSAGE_REFUSED
        case smtplib.SMTPSenderRefused():
            return Trouble.SENDER_REFUSED
        case smtplib.SMTPAuthenticationError():
            return Trouble.WRONG_PASSWORD
    return Trouble.HUNG_UP


def _trouble_on_the_way(error: Exception) -> Trouble:
    match error:
        case ssl.SSLCertVerificationError():
            return Trouble.CERTIFICATE
        case socket.gaierror() | UnicodeError():
            return Trouble.UNKNOWN_HOST
        case ConnectionRefusedError():
            return Trouble.NOBODY_THERE
        case smtplib.SMTPServerDisconnected(__context__=TimeoutError()) | TimeoutError():
            return Trouble.NO_ANSWER
        case smtplib.SMTPServerDisconnected() | ssl.SSLError() | ConnectionError() | ValueError():
            return Trouble.HUNG_UP
    return Trouble.UNREACHABLE
