"""How far a domain has come on the way to mail that nobody can forge, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.engine.mail import Level
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.selectors import WatchedDomain

_WORDS: Mapping[Level, tuple[StrOrPromise, str]] = {
    Level.SENDERS_NAMED: (_("Receivers know which servers may send your mail"), "SPF"),
    Level.SIGNED: (_("Your mail is signed"), "DKIM"),
    Level.WATCHED: (_("You are told who sends mail in your name"), "DMARC"),
    Level.SUSPECT_ASIDE: (_("False mail is put among the junk"), "DMARC"),
    Level.REFUSED: (_("False mail is refused"), "DMARC"),
    Level.ENCRYPTED: (_("Mail to you must come encrypted"), "MTA-STS, TLS-RPT"),
}
# A domain that sends nothing has nothing to sign, and takes no mail either.
_OF_A_RESTING = (Level.SENDERS_NAMED, Level.REFUSED)
_UNHEARD = {Advice.DMARC_NO_REPORTS, Advice.DMARC_REPORTS_REFUSED}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of the way, with the term that experts have for it."""

    words: StrOrPromise
    term: str
    is_reached: bool
    is_next: bool


def stages(watched: WatchedDomain) -> Sequence[Stage]:
    """All of them in order, each by itself; none before the domain was looked at, or where there is no such domain."""
    if watched.read_at is None or Trouble.NO_SUCH_DOMAIN in watched.troubles:
        return []
    shown = [level for level in _WORDS if watched.asked.sends or level in _OF_A_RESTING]
    reached = {level for level in shown if _is_reached(watched, level)}
    ahead = next((level for level in shown if level not in reached), None)
    return [Stage(*_WORDS[level], level in reached, level == ahead) for level in shown]


def _is_reached(watched: WatchedDomain, level: Level) -> bool:
    codes = {*watched.troubles, *watched.advice}
    match level:
        case Level.SENDERS_NAMED:
            return not any(code.startswith("spf-") for code in watched.troubles)
        case Level.SIGNED:
            return not any(code.startswith("dkim-") for code in codes)
        case Level.WATCHED:
            return watched.rung >= Rung.NONE and not codes & _UNHEARD
        case Level.SUSPECT_ASIDE:
            return watched.rung >= Rung.QUARANTINE
        case Level.REFUSED:
            return watched.rung >= Rung.REJECT
    return not any(code.startswith(("sts-", "tls-rpt-")) for code in codes)
