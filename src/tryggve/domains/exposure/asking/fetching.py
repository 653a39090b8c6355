"""Fetching one page from a server on the open net, which may do what it likes: it ends in time and in size.

No proxy of the environment's is used, no cookie kept, nothing followed. The address is looked up once and called
itself, so that no second answer of the name service can lead elsewhere.
"""

import contextlib
import errno
import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine.questions import Asks, CutOff
from tryggve.domains.exposure.engine.visit import Place
from tryggve.domains.exposure.engine.web import Answer, Certificate, Hole, NoLine, Unfetched
from tryggve.notices.conversation import Deadline

LARGEST_BYTES = 128 * 1024
# One of each kind and one more: a name with hundreds of addresses isn't tried through.
_MOST_ADDRESSES = 4
_HEADERS = {"User-Agent": "Tryggve", "Accept": "text/html, text/plain", "Accept-Encoding": "identity"}
_HOLES = {
    10: Hole.CERTIFICATE_EXPIRED,
    9: Hole.CERTIFICATE_EXPIRED,
    62: Hole.CERTIFICATE_OTHER_NAME,
}  # X509_V_ERR_…
_NO_WAY_OUT = {errno.ENETUNREACH, errno.ENETDOWN}
_WELCOME_BELOW = 400


class Fetching:
    """Fetches for one look at one site: all encrypted pages together within the seconds, the open door for itself."""

    def __init__(self, asks: Asks, reach: Reach) -> None:
        self._asks = asks
        self._reach = reach
        self._ends = time.monotonic() + reach.seconds_in_all

    def fetch(self, place: Place) -> Answer:
        """The answer, whatever its status; of what comes unencrypted not the page. Raises as visit.Fetch."""
        left = min(self._reach.seconds, self._ends - time.monotonic())
        if place.is_encrypted and left <= 0:
            raise Unfetched(Hole.TOO_SLOW)
        found = addresses(self._asks, place.host, self._reach)
        if not place.is_encrypted:
            return _begun(found, place, self._reach)
        with line_to(found, self._reach.https, left) as line:
            return _asked(line, place, self._reach)

    def text_at(self, place: Place) -> str | None:
        """A small text that stands there; None where there is none to be had. Raises Unread for its name."""
        try:
            answer = self.fetch(place)
        except (Unfetched, CutOff):
            return None
        return answer.begins.decode("utf-8", "replace") if answer.status == http.client.OK else None


def addresses(asks: Asks, host: str, reach: Reach) -> Sequence[str]:
    """Where the host may be called. Raises Unfetched and Unread."""
    found = asks.addresses(host)
    if not found:
        raise Unfetched(Hole.NO_SUCH_NAME)
    if not all(reach.allows(address) for address in found):
        raise Unfetched(Hole.PRIVATE_ADDRESS)
    return found[:_MOST_ADDRESSES]


@contextlib.contextmanager
def line_to(found: Sequence[str], port: int, seconds: float) -> Iterator[socket.socket]:
    """A line to the first of these addresses that answers, shut once the seconds are over.

    Raises NoLine where none answers, Unfetched for what goes wrong on the line, CutOff.
    """
    with Deadline(seconds) as deadline, _as_codes(deadline):
        with contextlib.closing(_called(found, port, seconds, deadline)) as line:
            deadline.watch(line)
            yield line
        if deadline.has_passed:
            raise Unfetched(Hole.TOO_SLOW)


def _called(found: Sequence[str], port: int, seconds: float, deadline: Deadline) -> socket.socket:
    refused: list[OSError] = []
    for address in found:
        try:
            return socket.create_connection((address, port), timeout=seconds / len(found))
        except OSError as error:
            refused.append(error)
    if all(error.errno in _NO_WAY_OUT for error in refused):
        raise CutOff
    told = next(error for error in refused if error.errno not in _NO_WAY_OUT)
    raise NoLine(_hole_of(told, deadline))


def _begun(found: Sequence[str], place: Place, reach: Reach) -> Answer:
    """What stands before the page. A status that lets visitors in is an answer, whatever comes after it."""
    answer: http.client.HTTPResponse | None = None
    try:
        with line_to(found, reach.http, reach.seconds) as line:
            _ask(line, place)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return Answer(answer.status, _headers(answer))
    except Unfetched:
        status = getattr(answer, "status", None)
        if isinstance(status, int) and status < _WELCOME_BELOW:
            return Answer(status, {})
        raise
    finally:
        if answer is not None:
            answer.close()


def _asked(line: socket.socket, place: Place, reach: Reach) -> Answer:
    context = ssl.create_default_context(cafile=reach.authority or None)
    with context.wrap_socket(line, server_hostname=place.host) as sealed:
        shown, encryption = certificate(sealed), (sealed.version() or "").lower().replace(".", "-")
        _ask(sealed, place)
        with http.client.HTTPResponse(sealed) as answer:
            answer.begin()
            return Answer(answer.status, _headers(answer), answer.read(LARGEST_BYTES), shown, encryption)


def _ask(line: socket.socket, place: Place) -> None:
    connection = http.client.HTTPConnection(place.host)
    connection.sock = line
    connection.request("GET", place.path, headers=_HEADERS)


def _headers(answer: http.client.HTTPResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in answer.getheaders()}


def certificate(line: ssl.SSLSocket) -> Certificate:
    """What the other side showed, checked by the handshake."""
    told = line.getpeercert() or {}
    begins, ends = (
        datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told[key])), UTC)
        for key in ("notBefore", "notAfter")
    )
    return Certificate(begins, ends)


@contextlib.contextmanager
def _as_codes(deadline: Deadline) -> Iterator[None]:
    """Every fault on the way becomes a code: what it says holds addresses."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unfetched(_hole_of(error, deadline)) from None


def _hole_of(error: Exception, deadline: Deadline) -> Hole:
    if deadline.has_passed or isinstance(error, TimeoutError):
        return Hole.TOO_SLOW
    if isinstance(error, ssl.SSLCertVerificationError):
        return _HOLES.get(error.verify_code, Hole.CERTIFICATE_UNTRUSTED)
    if isinstance(error, ssl.SSLError):
        return Hole.NO_ENCRYPTION
    is_unreachable = isinstance(error, ConnectionError) or not isinstance(
        error, http.client.HTTPException | ValueError
    )
    return Hole.UNREACHABLE if is_unreachable else Hole.NOT_A_WEBSITE
