"""Aggregate reports of receivers (RFC 7489, appendix C; RFC 9990): who sent mail in a domain's name, proven or not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final

from tryggve.domains.exposure.engine import names

# A receiver reports once a day, a few once a week.
_LONGEST = timedelta(days=8)
_OLDEST = timedelta(days=400)
_MOST_AHEAD = timedelta(days=2)
_MOST_MAILS: Final = 10**9
_MOST_SENDERS: Final = 2_000
_LONGEST_NAME: Final = 255


class NotAReport(ValueError):
    """The file isn't one that can be used. ``code``: why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """What one receiver told of some days, of which the last is the day before ``ends``, in UTC.

    ``unproven``: how many mails came without proof, by who sent them: a name that they proved to be theirs, or else
    the address of a server.
    """

    receiver: str
    number: str
    domain: str
    first_day: date
    last_day: date
    proven: int
    unproven: Mapping[str, int]


def report_of(parts: Iterable[Any], *, now: datetime) -> ReceiverReport:
    """The report that the parts of ``report_parts`` tell, of which nothing is believed. Raises NotAReport."""
    told = iter(parts)
    match next(told, None):
        case {"refused": str(code)}:
            raise NotAReport(code)
        case {
            "receiver": str(receiver), "number": str(number), "domain": str(domain),
            "begins": int(begins), "ends": int(ends),
        } if receiver.strip() and number.strip():  # fmt: skip
            first, last = _days(begins, ends, now)
        case _:
            raise NotAReport("not-a-report")
    proven, unproven = _counted(told)
    try:
        name = names.normalised(domain)
    except names.NotAName:
        raise NotAReport("not-a-report") from None
    return ReceiverReport(_short(receiver), _short(number), name, first, last, proven, unproven)


def _days(begins: int, ends: int, now: datetime) -> tuple[date, date]:
    try:
        first, end = (datetime.fromtimestamp(at, UTC) for at in (begins, ends))
    except (OverflowError, ValueError, OSError):
        raise NotAReport("odd-days") from None
    if not now - _OLDEST <= first < end <= now + _MOST_AHEAD or end - first > _LONGEST:
        raise NotAReport("odd-days")
    return first.date(), (end - timedelta(seconds=1)).date()


def _counted(told: Iterable[Any]) -> tuple[int, Mapping[str, int]]:
    proven, unproven = 0, Counter[str]()
    for one in told:
        match one:
            case {
                "count": int(count),
                "is_proven": bool(is_proven),
                "senders": list(senders),
                "address": str(ip),
            }:
                if not 0 < count <= _MOST_MAILS:
                    raise NotAReport("not-a-report")
                if is_proven:
                    proven += count
                else:
                    unproven[_sender(senders, ip)] += count
            case _:
                raise NotAReport("not-a-report")
        if len(unproven) > _MOST_SENDERS:
            raise NotAReport("too-large")
    return proven, dict(unproven)


def _sender(told: list[Any], ip: str) -> str:
    """The first name that was proven, though it isn't the domain's own; the address where there is none."""
    for name in (one for one in told if isinstance(one, str)):
        try:
            return names.normalised(name)
        except names.NotAName:
            continue
    return _address(ip)


def _address(told: str) -> str:
    try:
        return str(ip_address(told))
    except ValueError:
        raise NotAReport("not-a-report") from None


def _short(text: str) -> str:
    return "".join(letter for letter in text.strip() if letter.isprintable())[:_LONGEST_NAME]
