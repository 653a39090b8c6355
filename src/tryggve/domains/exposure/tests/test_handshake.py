"""Whether old ways of encrypting are refused is told only where somebody refused them."""

import contextlib
import dataclasses
import errno
import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from tryggve.domains.exposure.asking import handshake
from tryggve.domains.exposure.asking.handshake import Door
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.zone import Zone

HERE = Zone({"annas.se A": ["127.0.0.1"]})
Says = Callable[[socket.socket], None]


@pytest.fixture
def second_greeting(authority: Authority) -> Iterator[Callable[[Says], int]]:
    """A server that greets as one should, and does what it is told with everybody's second call; its port."""
    served: list[tuple[socket.socket, threading.Thread]] = []
    context = authority.context("annas.se")

    def serve(second: Says) -> int:
        server = socket.create_server(("127.0.0.1", 0))

        def answer() -> None:
            with server.accept()[0] as line, context.wrap_socket(line, server_side=True):
                pass
            with server.accept()[0] as line:
                second(line)

        served.append((server, threading.Thread(target=answer, daemon=True)))
        served[-1][1].start()
        return int(server.getsockname()[1])

    yield serve
    for server, thread in served:
        thread.join()
        server.close()


def _hang(line: socket.socket) -> None:
    with contextlib.suppress(ConnectionError):
        while line.recv(4096):
            pass


def _reset(line: socket.socket) -> None:
    line.recv(1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _hang_up(line: socket.socket) -> None:
    line.recv(4096)


@pytest.mark.parametrize(("second", "takes_old"), [(_hang, None), (_reset, False), (_hang_up, False)])
def test_old_ways_count_as_refused_only_where_somebody_refused_them(
    reach: Reach, second_greeting: Callable[[Says], int], second: Says, takes_old: bool | None
) -> None:
    port = second_greeting(second)

    found = handshake.shake(HERE, Door("annas.se", port), dataclasses.replace(reach, seconds=3))

    assert (found.version, found.takes_old) == ("TLSv1.3", takes_old)


def test_old_ways_of_a_server_that_went_meanwhile_are_not_known(
    reach: Reach, second_greeting: Callable[[Says], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, called = second_greeting(_hang_up), socket.create_connection
    lines = iter([called(("127.0.0.1", port))])

    def call(*_place: object, **_how: object) -> socket.socket:
        for line in lines:
            return line
        raise OSError(errno.EHOSTUNREACH, "No route to host")

    monkeypatch.setattr(socket, "create_connection", call)
    found = handshake.shake(HERE, Door("annas.se", port), reach)
    called(("127.0.0.1", port)).close()

    assert found.takes_old is None
