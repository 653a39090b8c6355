"""A conversation with a mail server that comes to an end, whatever the server does."""

import contextlib
import smtplib
import socket
import ssl
import threading
from typing import BinaryIO, Self

# What stands for our name: the computer's own is nobody's business (RFC 5321 §4.1.3).
_OUR_NAME = "[127.0.0.1]"
# A server tells of some fifteen abilities, a line each; smtplib alone would read on for ever.
_MOST_LINES = 200
_GO_ON_WITH_THE_TEXT = 354


class Deadline:
    """Shuts the line once the seconds are over: a server that says a little now and then is never silent."""

    def __init__(self, seconds: float) -> None:
        self._passed = threading.Event()
        # Whether the server asked for a text and hasn't said yet what became of it.
        self.awaits_verdict = False
        self._line: socket.socket | None = None
        self._clock = threading.Timer(seconds, self._pass)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._clock.cancel()
        self._clock.join()
        if self._line is not None:
            self._line.close()

    @property
    def has_passed(self) -> bool:
        return self._passed.is_set()

    def watch(self, line: socket.socket) -> None:
        """This is the line to shut."""
        # A second handle: encryption takes the first one's away, in the midst of a handshake, too.
        self._line = line.dup()
        if self.has_passed:
            self._shut()

    def _pass(self) -> None:
        self._passed.set()
        self._shut()

    def _shut(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):  # the other side was faster
                self._line.shutdown(socket.SHUT_RDWR)


class Conversation(smtplib.SMTP):
    """smtplib's, encrypted from the start when there is a context, within the deadline, with replies that end.

    ``silence`` is the longest wait for a sign of life, in seconds. What takes too long raises as a timeout does.
    """

    def __init__(
        self, host: str, port: int, *, silence: float, deadline: Deadline, context: ssl.SSLContext | None
    ) -> None:
        self._deadline = deadline
        self._context = context
        super().__init__(host, port, local_hostname=_OUR_NAME, timeout=silence)

    def connect(
        self, host: str = "localhost", port: int = 0, source_address: object = None
    ) -> tuple[int, bytes]:
        line = self._line_to(host, port)
        self._deadline.watch(line)
        self.sock = self._context.wrap_socket(line, server_hostname=host) if self._context else line
        self.file = None
        return self.getreply()

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None:
            self.file = _Reply(self.file.lines if self.file else self.sock.makefile("rb"))
        code, words = super().getreply()
        self._deadline.awaits_verdict = code == _GO_ON_WITH_THE_TEXT
        return code, words

    def _line_to(self, host: str, port: int) -> socket.socket:
        refused = OSError("no address")
        for *_kind, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if self._deadline.has_passed:  # one name may have hundreds of addresses
                raise TimeoutError
            try:
                return socket.create_connection((str(address[0]), port), self.timeout)
            except OSError as error:
                refused = error
        raise refused


class _Reply:
    """One reply's lines, as many as a reply may have."""

    def __init__(self, lines: BinaryIO) -> None:
        self.lines = lines
        self._left = _MOST_LINES

    def readline(self, limit: int) -> bytes:
        if not self._left:
            raise TimeoutError
        self._left -= 1
        return self.lines.readline(limit)

    def close(self) -> None:
        self.lines.close()
