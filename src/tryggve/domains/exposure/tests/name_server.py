"""A name server on this computer that speaks DNS over UDP and TCP, and lies on demand."""

import socketserver
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from tryggve.domains.exposure.asking.name_service import Server

# Given the question as bytes, what goes back; None: nothing does.
Lie = Callable[[bytes], bytes | None]

_LARGEST_DATAGRAM = 1232
_LENGTH = struct.Struct("!H")


def silence(_question: bytes) -> None:
    """No answer ever comes."""


def failure(question: bytes) -> bytes:
    """The server says that it failed."""
    answer = dns.message.make_response(dns.message.from_wire(question))
    answer.set_rcode(dns.rcode.SERVFAIL)
    return answer.to_wire()


def garbage(question: bytes) -> bytes:
    """The right number, and then bytes that are no answer."""
    return question[:2] + b"\x81\x80" + b"\xff" * 60


class NameServer:
    """Answers from ``records`` on a port of its own, within ``with``. ``lies`` are by name, told instead.

    Records are ``{"annas.se TXT": ['"v=spf1 -all"']}``, in the form of a zone file. A name with no record at all is
    one that doesn't exist, unless something below it does.
    """

    def __init__(self, records: Mapping[str, Sequence[str]] | None = None) -> None:
        self.records: dict[str, Sequence[str]] = dict(records or {})
        self.lies: dict[str, Lie] = {}
        self.asked: list[str] = []
        self._udp, self._tcp = _pair()
        self._udp.names = self._tcp.names = self
        self._threads = [
            threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True)
            for one in (self._udp, self._tcp)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for server in (self._udp, self._tcp):
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def server(self) -> Server:
        return Server("127.0.0.1", self._udp.server_address[1])

    def answer(self, question: bytes) -> bytes | None:
        asked = dns.message.from_wire(question)
        name = asked.question[0].name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(asked.question[0].rdtype)
        self.asked.append(f"{name} {kind}")
        if name in self.lies:
            return self.lies[name](question)
        reply = dns.message.make_response(asked)
        reply.flags |= dns.flags.RA
        if not self._fill(reply, name, kind):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire(max_size=65535)

    def _fill(self, reply: dns.message.Message, name: str, kind: str) -> bool:
        """Add what there is, aliases followed once each; False where there is no such name."""
        for _step in range(8):
            if found := self.records.get(f"{name} {kind}"):
                reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, *found))
                return True
            alias = self.records.get(f"{name} CNAME")
            if not alias:
                return any(f".{key.split()[0]}".endswith(f".{name}") for key in self.records)
            reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "CNAME", *alias))
            name = alias[0].removesuffix(".").lower()
        return True


class _Udp(socketserver.ThreadingUDPServer):
    daemon_threads = True
    names: NameServer


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    names: NameServer


def _pair() -> tuple[_Udp, _Tcp]:
    """Both at one port: the first that is free for both."""
    while True:
        udp = _Udp(("127.0.0.1", 0), _Datagram)
        try:
            return udp, _Tcp(udp.server_address, _Stream)
        except OSError:
            udp.server_close()


class _Datagram(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        question, line = self.request
        answer = self.server.names.answer(question)  # type: ignore[attr-defined]  # ours
        if answer is not None and len(answer) > _LARGEST_DATAGRAM:
            short = dns.message.make_response(dns.message.from_wire(question))
            short.flags |= dns.flags.TC
            answer = short.to_wire()
        if answer is not None:
            line.sendto(answer, self.client_address)


class _Stream(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        (length,) = _LENGTH.unpack(self.rfile.read(_LENGTH.size))
        answer = self.server.names.answer(self.rfile.read(length))  # type: ignore[attr-defined]  # ours
        if answer is not None:
            self.wfile.write(_LENGTH.pack(len(answer)) + answer)
