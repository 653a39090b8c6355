import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.supervisor import port
from tryggve.supervisor.port import Listener
from tryggve.supervisor.tests.house import open_descriptors


@pytest.fixture
def listener() -> Iterator[Listener]:
    with port.listening_socket("localhost", 0) as listening:
        yield listening


def _number(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def _answers(address: str, number: int) -> bool:
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)) as asking:
        return asking.connect_ex((address, number)) == 0


def _has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True
    return False


needs_ipv6 = pytest.mark.skipif(not _has_ipv6(), reason="the machine has no ::1")


@contextlib.contextmanager
def _without_rights() -> Iterator[None]:
    """root may bind every port: be nobody for a moment."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_localhost_answers_on_127_0_0_1(listener: Listener) -> None:
    assert _answers("127.0.0.1", _number(listener))
    assert listener.url == f"http://localhost:{_number(listener)}/"


@needs_ipv6
def test_localhost_turns_away_on_ipv6_and_keeps_others_from_it(listener: Listener) -> None:
    assert not _answers("::1", _number(listener))
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("::1", _number(listener)))


@needs_ipv6
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_closed_listener_frees_both_addresses(address: str) -> None:
    with port.listening_socket("localhost", 0) as listening:
        number = _number(listening)
        with pytest.raises(port.PortTaken):
            port.listening_socket(address, number)
    port.listening_socket(address, number).close()


def test_port_can_not_be_shared_by_a_program_that_would(listener: Listener) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", _number(listener)))


@pytest.mark.parametrize("option", [None, socket.SO_REUSEADDR, socket.SO_REUSEPORT])
def test_port_of_another_program_is_refused(option: int | None) -> None:
    with socket.socket() as other:
        if option is not None:
            other.setsockopt(socket.SOL_SOCKET, option, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(port.PortTaken) as refused:
            port.listening_socket("localhost", _number(other))
        assert f"Port {_number(other)} is taken" in str(refused.value)
        assert f"--port {_number(other) + 1}" in str(refused.value)


@needs_ipv6
def test_port_of_another_program_on_ipv6_alone_is_refused() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
        with pytest.raises(port.PortTaken):
            port.listening_socket("localhost", _number(other))
        port.listening_socket("127.0.0.1", _number(other)).close()


def test_port_bound_by_another_that_does_not_listen_yet_is_ours_alone() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        with port.listening_socket("127.0.0.1", _number(other)), pytest.raises(OSError, match="in use"):
            other.listen()


def test_port_is_free_at_once_after_connections_on_it(listener: Listener) -> None:
    number = _number(listener)
    with socket.create_connection(("127.0.0.1", number)):
        accepted, _ = listener.accept()
        accepted.close()  # the side that closes first keeps the port in TIME_WAIT
    listener.close()
    port.listening_socket("localhost", number).close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "", "2130706433"])  # noqa: S104
def test_host_that_others_can_reach_is_refused(host: str) -> None:
    with pytest.raises(port.NotOnlyHere, match="ssh -L 8000:localhost:8000"):
        port.listening_socket(host, 8000)


def test_address_of_this_computer_answers_under_its_number() -> None:
    with port.listening_socket("127.0.0.1", 0) as listening:
        assert _answers("127.0.0.1", _number(listening))
        assert listening.url == f"http://127.0.0.1:{_number(listening)}/"


def test_loopback_address_that_no_page_answers_to_is_refused() -> None:
    with pytest.raises(port.NoSuchAddress, match="Leave --host out"):
        port.listening_socket("127.0.0.9", 0)


@needs_ipv6
def test_ipv6_loopback_address_answers() -> None:
    with port.listening_socket("::1", 0) as listening:
        assert _answers("::1", _number(listening))
        assert listening.url == f"http://[::1]:{_number(listening)}/"


@pytest.mark.parametrize("number", [-1, 65536, 10**12])
def test_number_that_is_no_port_is_refused(number: int) -> None:
    with pytest.raises(port.NoSuchAddress, match="from 1024 to 65535"):
        port.listening_socket("localhost", number)


@pytest.mark.skipif(
    int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 81,
    reason="everybody may bind port 81",
)
def test_port_kept_for_the_administrator_is_refused() -> None:
    with _without_rights(), pytest.raises(port.PortReserved, match="above 1023"):
        port.listening_socket("localhost", 81)


def test_refused_port_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        before = open_descriptors()
        with pytest.raises(port.PortTaken):
            port.listening_socket("localhost", _number(other))
        assert open_descriptors() == before
