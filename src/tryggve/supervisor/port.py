import errno
import ipaddress
import socket
from typing import Final

from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal

LOCALHOST: Final = "localhost"
_IPV4: Final = "127.0.0.1"
_IPV6: Final = "::1"
_BACKLOG = 256


class PortTaken(Refusal):
    """Another program answers on the port."""


class PortReserved(Refusal):
    """Only the administrator may use the port."""


class NoSuchAddress(Refusal):
    """This computer doesn't have the address, or there is no such port."""


class NotOnlyHere(Refusal):
    """The address can be reached from other computers, and nothing there would be encrypted."""


class Listener(socket.socket):
    """The port, bound and listening. ``host`` is what the owner asked for."""

    host: str = LOCALHOST
    guard: socket.socket | None = None

    @property
    def url(self) -> str:
        """What to open in a browser, with a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.getsockname()[1]}/"

    def close(self) -> None:
        if self.guard is not None:
            self.guard.close()
        super().close()


def listening_socket(host: str, port: int) -> Listener:
    """Bind the port once; nobody else can listen on it while this or an inherited copy is open.

    ``localhost`` answers on 127.0.0.1. On ::1 the same port is kept from other programs without answering
    there: a browser that tries ::1 first is turned away at once and comes to 127.0.0.1, to nobody else.
    Port 0 is any free one. Raises PortTaken, PortReserved, NoSuchAddress, NotOnlyHere.
    """
    address = _loopback(host, port)
    try:
        listener = _listen(address, port)
    except (OSError, OverflowError) as cause:
        raise _refusal(cause, host, port) from cause
    listener.host = host
    if host == LOCALHOST:
        try:
            listener.guard = _guard(listener.getsockname()[1])
        except OSError as cause:
            listener.close()
            raise _refusal(cause, host, port) from cause
    return listener


def _listen(address: str, port: int) -> Listener:
    listener = Listener(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Lets a new start follow an old one at once (TIME_WAIT). On Linux it doesn't let two listen: it lets
        # two *bind* while neither listens, and then the second listen() fails; so both are tried here.
        # SO_REUSEPORT is what must never be set: with it two programs listen and take turns in answering.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _guard(port: int) -> socket.socket | None:
    """Bound, not listening, without SO_REUSEADDR: nobody else can bind it. None where there is no IPv6."""
    try:
        guard = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    except OSError:
        return None
    try:
        guard.bind((_IPV6, port))
    except OSError as failure:
        guard.close()
        if failure.errno == errno.EADDRNOTAVAIL:
            return None
        raise
    return guard


def _loopback(host: str, port: int) -> str:
    if host == LOCALHOST:
        return _IPV4
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise NotOnlyHere(
            _(
                "Tryggve was not started: on %(host)s other computers could reach it, and nothing would be "
                "encrypted on the way. Leave --host out, and it answers on this computer only. To use it "
                "from another computer, run there: ssh -L %(port)d:localhost:%(port)d NAME@THIS-COMPUTER, "
                "then open http://localhost:%(port)d. Tryggve can't be given a certificate of its own yet."
            )
            % {"host": host, "port": port}
        )
    if str(address) not in {_IPV4, _IPV6}:
        raise _not_here(
            host, port
        )  # pages answer to the names of this computer that everybody knows, no other
    return str(address)


def _refusal(cause: OSError | OverflowError, host: str, port: int) -> Exception:
    """What the system's answer means to a person; the answer itself if it is none of these."""
    match getattr(cause, "errno", errno.ERANGE):
        case errno.EADDRINUSE:
            return PortTaken(
                _(
                    "Port %(port)d is taken by another program. Nothing was started or changed. Stop that "
                    "program, or choose another port: ./tryggve up --port %(other)d"
                )
                % {"port": port, "other": port + 1 if port < 65535 else 8000}
            )
        case errno.EACCES:
            return PortReserved(
                _(
                    "Port %(port)d is kept for the computer's administrator. Nothing was started or changed. "
                    "Choose one above 1023: ./tryggve up --port 8000"
                )
                % {"port": port}
            )
        case errno.EADDRNOTAVAIL | errno.EAFNOSUPPORT | errno.ERANGE:
            return _not_here(host, port)
    return cause


def _not_here(host: str, port: int) -> NoSuchAddress:
    return NoSuchAddress(
        _(
            "This computer can't listen on %(host)s, port %(port)d. Nothing was started or changed. "
            "Leave --host out, and choose a port from 1024 to 65535."
        )
        % {"host": host, "port": port}
    )
