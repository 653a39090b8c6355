"""A real mail server on this computer (pymap), encrypted, with one user; what is in its mailbox is kept in memory."""

import asyncio
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPServer
from pymap.user import Passwords, UserMetadata

USER, PASSWORD = "anna@example.se", "a word of its own"
RECEIVED = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


class MailServer:
    """``security`` is TLS, STARTTLS or empty for none at all."""

    def __init__(self, context: ssl.SSLContext, security: str) -> None:
        self._context, self.security = context, security
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._lines: list[asyncio.StreamWriter] = []
        self.port = 0

    def open(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)

    async def _open(self) -> None:
        args = Namespace(passlib_cfg=None, proxy_protocol=None)
        self._config = Config(
            args,
            host="localhost",
            port=0,
            demo_data=False,
            demo_user=USER,
            demo_password=PASSWORD,
            ssl_context=self._context,
            tls_enabled=self.security == "STARTTLS",
            secure_auth=False,
            invalid_user_sleep=0,
        )
        self._config.apply_context()
        backend, _config = await self._backend()
        answer = ProxyProtocolReader(self._config.proxy_protocol).get_callback(
            IMAPServer(backend.login, self._config)
        )

        async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._lines.append(writer)
            await answer(reader, writer)

        self._server = await asyncio.start_server(
            answered, "127.0.0.1", self.port, ssl=self._context if self.security == "TLS" else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _backend(self) -> tuple[DictBackend, Config]:
        from pymap.backend.dict import Login  # noqa: PLC0415 - not among what the package names

        login = Login(self._config)
        password = await Passwords(self._config).hash_password(PASSWORD)
        await login.demo_user_identity.set(UserMetadata(self._config, USER, password=password))
        return DictBackend(login, self._config), self._config

    def close(self) -> None:
        """Nobody answers from now on; every line is broken."""
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        await self._break()

    def break_lines(self) -> None:
        """Whoever is connected isn't any more, and may come again."""
        asyncio.run_coroutine_threadsafe(self._break(), self._loop).result(10)

    async def _break(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()
        await asyncio.sleep(0)  # the loop's turn, in which it closes them

    @contextmanager
    def owner(self) -> Iterator[IMAPClient]:
        """Somebody who reads their mail, and may write."""
        is_encrypted = self.security == "TLS"
        context = ssl.create_default_context()
        with IMAPClient(
            "localhost",
            self.port,
            ssl=is_encrypted,
            ssl_context=context if is_encrypted else None,
            timeout=10,
        ) as client:
            if self.security == "STARTTLS":
                client.starttls(context)
            client.login(USER, PASSWORD)
            yield client

    def put(self, text: str, *, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        """A message, received at ``RECEIVED``."""
        with self.owner() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, text.encode(), flags, RECEIVED)

    def flags(self, folder: str = "INBOX") -> dict[int, Any]:
        with self.owner() as client:
            client.select_folder(folder, readonly=True)
            found = client.search("ALL")
            return {uid: set(facts[b"FLAGS"]) for uid, facts in client.fetch(found, ["FLAGS"]).items()}


def message(subject: str, text: str) -> str:
    return f"From: bo@example.se\r\nTo: {USER}\r\nSubject: {subject}\r\n\r\n{text}\r\n"
