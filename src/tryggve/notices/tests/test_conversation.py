"""Servers that would keep the conversation going for ever: each is left, and told apart from one that hangs up."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tryggve.notices import smtp
from tryggve.notices.conversation import Conversation, Deadline
from tryggve.notices.letters import Letter
from tryggve.notices.models import Security
from tryggve.notices.smtp import NotSent, Server
from tryggve.notices.troubles import Trouble

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MESSAGE = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
LETTER = Letter("bo@example.se", "Å ena sidan", "Hej Bo\n")
SILENCE, WHOLE = 60.0, 60.0
SHORT = 0.5
# A server here gives up by itself at last (with a TimeoutError), so that a test whose rule is gone doesn't hang.
MOST_LINES, MOST_BYTES, LONGEST_WAIT = 20_000, 100, 10.0
Talk = Callable[[socket.socket], None]


@contextmanager
def _server(talk: Talk, security: str = Security.NONE) -> Iterator[Server]:
    """A program on this computer that takes one call and talks so, until the caller goes."""
    gave_up: list[Talk] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take_a_call() -> None:
            call, _address = listening.accept()
            with call, suppress(ConnectionError):
                call.settimeout(LONGEST_WAIT)
                try:
                    talk(call)
                except TimeoutError:
                    gave_up.append(talk)

        thread = threading.Thread(target=take_a_call)
        thread.start()
        yield Server("127.0.0.1", listening.getsockname()[1], security, "", "", "tryggve@example.se", "")
        thread.join()
    assert gave_up == []


def _trouble(talk: Talk, *, in_all: float = WHOLE, security: str = Security.NONE) -> Trouble:
    with _server(talk, security) as server, pytest.raises(NotSent) as refused:
        smtp.hand_over(server, LETTER, message=MESSAGE, made_at=AT, seconds=SILENCE, in_all=in_all)
    assert refused.value.is_about_server
    return refused.value.trouble


def _go_on(call: socket.socket, code: int) -> None:
    for _number in range(MOST_LINES):
        call.sendall(b"%d-and another thing\r\n" % code)
    raise TimeoutError


def _greet_for_ever(call: socket.socket) -> None:
    _go_on(call, 220)


def _introduce_itself_for_ever(call: socket.socket) -> None:
    call.sendall(b"220 here\r\n")
    call.recv(1000)
    _go_on(call, 250)


def _answer_the_recipient_for_ever(call: socket.socket) -> None:
    call.sendall(b"220 here\r\n")
    for answer in (b"250 plain\r\n", b"250 OK\r\n"):
        call.recv(1000)
        call.sendall(answer)
    call.recv(1000)
    _go_on(call, 550)


def _drip(call: socket.socket) -> None:
    call.sendall(b"220 here")
    pace = threading.Event()
    for _number in range(MOST_BYTES):
        call.sendall(b".")
        pace.wait(LONGEST_WAIT / MOST_BYTES)
    raise TimeoutError


def _wait_until_the_caller_goes(call: socket.socket) -> None:
    while call.recv(1000):
        pass


def _encrypt_and_wait(call: socket.socket) -> None:
    call.sendall(b"220 here\r\n")
    call.recv(1000)
    call.sendall(b"250-here\r\n250 STARTTLS\r\n")
    call.recv(1000)
    call.sendall(b"220 go on\r\n")
    _wait_until_the_caller_goes(call)


@pytest.mark.parametrize(
    "talk", [_greet_for_ever, _introduce_itself_for_ever, _answer_the_recipient_for_ever]
)
def test_reply_without_end_is_left(talk: Talk) -> None:
    assert _trouble(talk) is Trouble.NO_ANSWER


def test_server_that_drips_is_left_at_the_deadline() -> None:
    assert _trouble(_drip, in_all=SHORT) is Trouble.NO_ANSWER


@pytest.mark.parametrize(
    ("talk", "security"),
    [
        (_wait_until_the_caller_goes, Security.NONE),
        (_wait_until_the_caller_goes, Security.TLS),
        (_encrypt_and_wait, Security.STARTTLS),
    ],
)
def test_deadline_ends_a_handshake_too(talk: Talk, security: str) -> None:
    assert _trouble(talk, in_all=SHORT, security=security) is Trouble.NO_ANSWER


def test_mail_is_sent_when_only_the_goodbye_never_ends() -> None:
    def talk(call: socket.socket) -> None:
        call.sendall(b"220 here\r\n")
        for answer in (b"250 plain\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"):
            call.recv(1000)
            call.sendall(answer)
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += call.recv(1000)
        taken.append(text)
        call.sendall(b"250 OK\r\n")
        call.recv(1000)
        _go_on(call, 221)

    taken: list[bytes] = []
    with _server(talk) as server:
        smtp.hand_over(server, LETTER, message=MESSAGE, made_at=AT, seconds=SILENCE, in_all=WHOLE)
    assert len(taken) == 1


def test_nobody_is_called_after_the_deadline() -> None:
    """A name with hundreds of addresses, each of which says nothing, takes no hour."""
    with socket.create_server(("127.0.0.1", 0)) as listening, Deadline(0) as deadline:
        while not deadline.has_passed:
            pass
        port = listening.getsockname()[1]
        with pytest.raises(TimeoutError):
            Conversation("127.0.0.1", port, silence=SHORT, deadline=deadline, context=None)
        listening.settimeout(0)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_line_that_comes_up_after_the_deadline_is_shut() -> None:
    line, other = socket.socketpair()
    with line, other, Deadline(0) as deadline:
        while not deadline.has_passed:
            pass
        deadline.watch(line)
        other.settimeout(LONGEST_WAIT)
        assert other.recv(1) == b""


def test_product_waits_two_minutes_for_a_conversation() -> None:
    assert (smtp.SECONDS, smtp.SECONDS_IN_ALL) == (15, 120)
