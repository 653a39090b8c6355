"""Asking the name service, with an end to every question and to all of them together."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
from dns.rdata import Rdata
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

from tryggve.domains.exposure.engine.questions import Unread

SECONDS = 3.0
# Then the next server is asked, or the same once more.
SECONDS_EACH = 1.0
SECONDS_IN_ALL = 20.0
MOST_QUESTIONS = 150
PORT = 53
# More records or longer texts than this are nobody's honest answer, and are cut.
_MOST_RECORDS = 64
_LONGEST_TEXT = 8192


@dataclass(frozen=True, slots=True)
class Server:
    """A resolver by its address."""

    address: str
    port: int = PORT


class NameService:
    """Remembers what it was told, so that nothing is asked twice. For one look; used by one thread.

    ``servers`` empty: those that the computer itself uses.
    """

    def __init__(
        self, servers: Iterable[Server] = (), *, seconds: float = SECONDS, in_all: float = SECONDS_IN_ALL
    ) -> None:
        self._resolver = _resolver(tuple(servers))
        self._seconds = seconds
        self._ends = time.monotonic() + in_all
        self._known: dict[tuple[str, str], tuple[Rdata, ...] | None] = {}

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(_text(found) for found in self._asked(name, "TXT") if isinstance(found, TXT))

    def addresses(self, name: str) -> tuple[str, ...]:
        return tuple(found.to_text() for kind in ("A", "AAAA") for found in self._asked(name, kind))

    def mail_servers(self, name: str) -> tuple[str, ...]:
        found = [one for one in self._asked(name, "MX") if isinstance(one, MX)]
        return tuple(_name(one.exchange) for one in sorted(found, key=lambda one: one.preference))

    def name_servers(self, name: str) -> tuple[str, ...]:
        return tuple(_name(found.target) for found in self._asked(name, "NS") if hasattr(found, "target"))

    def is_there(self, name: str) -> bool:
        return self._found(name, "NS") is not None

    def _asked(self, name: str, kind: str) -> tuple[Rdata, ...]:
        return self._found(name, kind) or ()

    def _found(self, name: str, kind: str) -> tuple[Rdata, ...] | None:
        """The records; None where there is no such name."""
        if (name, kind) not in self._known:
            self._known[name, kind] = self._ask(name, kind)
        return self._known[name, kind]

    def _ask(self, name: str, kind: str) -> tuple[Rdata, ...] | None:
        seconds = min(self._seconds, self._ends - time.monotonic())
        if seconds <= 0:
            raise Unread("slow-dns")
        if len(self._known) >= MOST_QUESTIONS:
            raise Unread("endless-dns")
        asked = _asked_for(name)
        if asked is None:
            return None
        try:
            answer = self._resolver.resolve(
                asked, kind, search=False, lifetime=seconds, raise_on_no_answer=False
            )
            return tuple(answer.rrset or ())[:_MOST_RECORDS]
        except dns.resolver.NXDOMAIN:
            return None
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unread(_cause(error)) from None


def _asked_for(name: str) -> dns.name.Name | None:
    """None where it stands in somebody's record and is no name at all."""
    try:
        return dns.name.from_text(name)
    except (dns.exception.DNSException, ValueError):
        return None


def _resolver(servers: tuple[Server, ...]) -> dns.resolver.Resolver:
    try:
        made = dns.resolver.Resolver(configure=not servers)
    except (dns.exception.DNSException, OSError):
        raise Unread("no-dns") from None
    if servers:
        made.nameservers = [dns.nameserver.Do53Nameserver(one.address, one.port) for one in servers]
    made.timeout = SECONDS_EACH
    return made


def _cause(error: Exception) -> str:
    if isinstance(error, dns.exception.Timeout):
        return "no-dns"
    return "broken-dns"


def _text(found: TXT) -> str:
    return b"".join(found.strings)[:_LONGEST_TEXT].decode("utf-8", "replace")


def _name(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower() if name != dns.name.root else ""
