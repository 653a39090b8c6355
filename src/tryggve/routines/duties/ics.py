"""A calendar to subscribe to (RFC 5545, with the name and refresh interval of RFC 7986): days with something to do."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS_IN_A_LINE = 75
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, all day; it leaves the day free."""

    uid: str
    on: date
    title: str
    text: str


def calendar(name: str, events: Iterable[Event], *, language: str, made_at: datetime) -> bytes:
    """The whole of it, in UTF-8. ``made_at`` is aware of its zone."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Tryggve//Routines//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _lines_of(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines_of(event: Event, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(event.on)}",
        f"DTEND;VALUE=DATE:{_day(event.on + timedelta(days=1))}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.text)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """As §3.3.11 writes it; whatever else steers a program becomes a space."""
    return "".join(_ESCAPED.get(sign) or (" " if _steers(sign) else sign) for sign in text)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}


def _folded(line: str) -> bytes:
    """§3.1: lines of at most 75 octets, each further one begun by a space; no letter is cut in two."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece = b""
    room = _OCTETS_IN_A_LINE
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", _OCTETS_IN_A_LINE - 1
        piece += octets
    yield piece
