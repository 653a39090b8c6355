"""A real mail server on this computer, that answers as it is told."""

import asyncio
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tryggve.notices.models import Security
from tryggve.notices.smtp import Server

USER = "karin@example.se"
PASSWORD = "gömda nycklar"

DROP = "drop"
SILENCE = "silence"


@dataclass
class Desk:
    """Answers each step with OK, or with what stands in ``answers`` for it: a reply, DROP or SILENCE."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        session.host_name = name
        self.met.append(name)
        return replies

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.senders.append(address)
        return await self._answer("MAIL", server)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self.recipients.append(address)
        return await self._answer(f"RCPT {address}" if f"RCPT {address}" in self.answers else "RCPT", server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = await self._answer("DATA", server)
        if reply.startswith("250"):
            self.taken.append(message_from_bytes(_bytes(envelope.content), policy=policy.default))
        return reply

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return await self._answer("QUIT", server, "221 Bye")

    async def _answer(self, step: str, server: SMTP, ok: str = "250 OK") -> str:
        reply = self.answers.get(step, ok)
        if reply == DROP and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        if reply == SILENCE:
            await asyncio.Event().wait()
        return reply


class PostOffice:
    """The server: ``security`` is what it offers; ``desk`` is what it does and what it was given."""

    def __init__(self, *, security: str = Security.NONE, context: ssl.SSLContext | None = None) -> None:
        self.desk = Desk()
        self.security = security
        self.seen: list[LoginPassword] = []
        offered: dict[str, Any] = {}
        if security == Security.TLS:
            offered["ssl_context"] = context
        if security == Security.STARTTLS:
            offered |= {"tls_context": context, "require_starttls": True}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._controller = UnthreadedController(
            self.desk,
            hostname="127.0.0.1",
            port=0,
            loop=self._loop,
            authenticator=self._sign_in,
            auth_required=security == Security.STARTTLS,
            auth_require_tls=security == Security.STARTTLS,
            **offered,
        )

    def open(self) -> None:
        self._controller.begin()  # type: ignore[no-untyped-call] # the library has types in part
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._controller.end()  # type: ignore[no-untyped-call] # the same
        calls = asyncio.all_tasks(self._loop)
        for call in calls:
            call.cancel()
        if calls:  # without any, the thread's own loop would be asked for
            self._loop.run_until_complete(asyncio.gather(*calls, return_exceptions=True))
        self._loop.close()

    @property
    def port(self) -> int:
        listening = self._controller.server
        assert isinstance(listening, asyncio.Server)
        port: int = listening.sockets[0].getsockname()[1]
        return port

    def server(self, **other: Any) -> Server:
        """The settings that fit it, but for what is said otherwise."""
        is_open = self.security == Security.NONE
        fitting: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "security": self.security,
            "username": "" if is_open else USER,
            "password": "" if is_open else PASSWORD,
            "sender_address": "tryggve@example.se",
            "sender_name": "Annas Snickeri",
        }
        return Server(**(fitting | other))

    def _sign_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any
    ) -> AuthResult:
        if not isinstance(said, LoginPassword):
            return AuthResult(success=False, handled=False)
        self.seen.append(said)
        is_right = (said.login.decode(), said.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=is_right, handled=False)


def _bytes(content: bytes | str | None) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""
