"""When the next step up to refusing all false mail is safe: when the firm's own mail is proven to pass."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from tryggve.domains.exposure.engine.dmarc import Policy
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.troubles import Trouble

# Long enough that what the firm sends once a month has been sent; to refuse outright, once a quarter.
DAYS_AT = {1: 28, 2: 84}
# Reports come per day with mail: a firm that rests on Sundays has fewer.
_SHARE_OF_DAYS = 0.5


class Rung(IntEnum):
    """Where on the ladder a domain stands."""

    NO_RECORD = 0
    NONE = 1
    QUARANTINE = 2
    REJECT = 3


class Wait(StrEnum):
    """What the next step waits for."""

    SPF = "spf"
    DKIM = "dkim"
    RECORD = "record"
    TIME = "time"
    REPORTS = "reports"
    UNPROVEN = "unproven"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Seen:
    """What receivers reported since the domain came to this rung: days told of, and mails that weren't proven.

    ``unproven`` came from senders that are the firm's own, ``unjudged`` from those of whom nobody has said whose
    they are; mail of others that used the name doesn't count.
    """

    days: int
    unproven: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Step:
    """The next rung, whether it is safe now, and if not why not; ``next`` is None at the top."""

    now: Rung
    next: Rung | None
    waits_for: tuple[Wait, ...] = ()
    days_left: int = 0

    @property
    def is_safe(self) -> bool:
        return self.next is not None and not self.waits_for


def rung_of(findings: MailFindings) -> Rung:
    """What receivers go by, half measures counted as the rung that they come down to."""
    if findings.dmarc.record is None:
        return Rung.NO_RECORD
    return Rung(min(findings.dmarc.policy, findings.dmarc.below) + 1)


def step(findings: MailFindings, *, since: date, seen: Seen | None, today: date) -> Step:
    """What comes next for the domain, which has stood where it stands ``since`` that day.

    To be watched hinders no mail, so that step is always safe; a domain that sends nothing may refuse all at once.
    Where there is no such domain, nothing comes next.
    """
    now = rung_of(findings)
    if now == Rung.REJECT or Trouble.NO_SUCH_DOMAIN in findings.troubles:
        return Step(now, None)
    if not findings.asked.sends:
        return Step(now, Rung.REJECT)
    if now == Rung.NO_RECORD:
        return Step(now, Rung.NONE)
    left = max(0, DAYS_AT[now] - max(0, (today - since).days))
    return Step(now, Rung(now + 1), _waits(findings, seen, now, left), left)


def _waits(findings: MailFindings, seen: Seen | None, now: Rung, days_left: int) -> tuple[Wait, ...]:
    has_reports = seen is not None and seen.days >= DAYS_AT[now] * _SHARE_OF_DAYS
    waits = {
        Wait.SPF: bool(findings.spf.troubles),
        Wait.DKIM: bool(findings.keys.troubles),
        Wait.RECORD: Trouble.DMARC_BROKEN in findings.troubles,
        Wait.TIME: days_left > 0,
        Wait.REPORTS: not has_reports,
        Wait.UNPROVEN: seen is not None and seen.unproven > 0,
        Wait.UNJUDGED: seen is not None and seen.unjudged > 0,
    }
    return tuple(wait for wait, is_so in waits.items() if is_so)


def policy_of(rung: Rung) -> Policy:
    """What a record says on that rung."""
    return Policy(max(rung - 1, 0))
