"""How a control stands, in words: one of state, one sentence on what that rests on."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tryggve.controls import selectors
from tryggve.controls.engine.standing import State
from tryggve.controls.selectors import Protection

_LONGEST_AGE_PARTS = 1


def evidence_sentence(protection: Protection, *, now: datetime) -> str:
    """What its state rests on, and how old that is; names nobody."""
    standing, rests_on = protection.standing, protection.latest
    facts = {
        "age": _age(rests_on.observed_at, now) if rests_on else "",
        "since": _day(standing.since),
        "until": _until(protection),
    }
    if standing.state is State.UNKNOWN:
        return selectors.cause_in_words(protection.control, standing.cause)
    if standing.state is State.FAILING and standing.cause:
        why = selectors.cause_in_words(protection.control, standing.cause)
        return _("It fails since %(since)s, and could not be measured anew:") % facts + " " + why
    return str(_sentence(standing.state)) % facts


def _sentence(state: State) -> str:
    match state:
        case State.PROVED:
            return _("Tested for real %(age)s ago, and it held.")
        case State.OBSERVED:
            return _("Looked at %(age)s ago, and it was as it should be.")
        case State.FAILING:
            return _("Measured %(age)s ago: it does not hold. So since %(since)s.")
        case State.STALE:
            return _("The last measurement is %(age)s old, and too old to count.")
        case State.ATTESTED:
            return _("Somebody here put their name to it on %(since)s; that stands until %(until)s.")
    return _("Somebody here said on %(since)s that it isn't for you; that stands until %(until)s.")


def _until(protection: Protection) -> str:
    """The end of what counts: of the word that is given, or of the reason to leave it out."""
    is_left_out = protection.standing.state is State.NOT_APPLICABLE
    said = protection.exemption if is_left_out else protection.attestation
    return _day(said.until) if said else ""


def _age(moment: datetime, now: datetime) -> str:
    return timesince(moment, now, depth=_LONGEST_AGE_PARTS)


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATE_FORMAT") if moment else ""
