"""How a report tells of one protection: whole sentences in the language of the moment, naming nobody."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tryggve.accounts.roles import Role
from tryggve.controls import selectors as controls
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Statement
from tryggve.controls.selectors import Protection
from tryggve.domains.protection.state_looks import LOOKS

# A paper goes to others, whom "not for us" would leave asking who that is.
_NOT_APPLICABLE = pgettext_lazy("protection", "doesn't apply")


def state_name(state: State) -> str:
    """The word for how a protection stands."""
    return str(_NOT_APPLICABLE if state is State.NOT_APPLICABLE else LOOKS[state].word)


def state_mark(state: State) -> str:
    """The sign beside that word."""
    return LOOKS[state].mark


def day(moment: datetime | date | None) -> str:
    """As the language writes a day; a time as the day where the company is."""
    if moment is None:
        return ""
    on = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return str(date_format(on, "DATE_FORMAT"))


def evidence_of(one: Protection, roles: Mapping[str, str]) -> str:
    """What a protection's state stands on; ``roles`` are those of whoever said something of it, by their ids."""
    return " ".join(sentence for sentence in _sentences(one, roles) if sentence)


def role_name(role: str) -> str:
    """What somebody is in the company; empty for nobody known."""
    return str(Role(role).label) if role in Role.values else ""


def value_of(value: object) -> str:
    """What a measuring found, as people write it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)


def _sentences(one: Protection, roles: Mapping[str, str]) -> Iterator[str]:
    standing = one.standing
    yield _main_sentence(one, roles)
    if standing.cause:
        if standing.state is State.FAILING:
            yield _("It could not be measured again since.")
        yield controls.cause_in_words(one.control, standing.cause)
    if standing.disagrees:
        yield _("Somebody has said otherwise, but what is measured counts.")
    elif one.attestation is not None and standing.state not in (State.ATTESTED, State.NOT_APPLICABLE):
        yield _said(_("It was also vouched for on %(day)s%(by)s."), one.attestation, roles)


def _main_sentence(one: Protection, roles: Mapping[str, str]) -> str:
    match one.standing.state:
        case State.ATTESTED if one.attestation:
            words = _("Vouched for on %(day)s%(by)s. That counts until %(until)s, and is no measurement.")
            return _said(words, one.attestation, roles)
        case State.NOT_APPLICABLE if one.exemption:
            words = _("Said on %(day)s%(by)s not to apply to the company. That counts until %(until)s.")
            return _said(words, one.exemption, roles)
        case State.FAILING if one.conclusive:
            words = _("Measured on %(day)s: it does not hold. It has failed since %(since)s.")
            return words % {"day": day(one.conclusive.observed_at), "since": day(one.standing.since)}
    return _measured(one)


def _measured(one: Protection) -> str:
    if one.latest is None:
        return ""
    told = {"day": day(one.latest.observed_at), "until": day(one.latest.valid_until)}
    match one.standing.state:
        case State.PROVED:
            return _("Tryggve tested it on %(day)s, and it held. That counts until %(until)s.") % told
        case State.OBSERVED:
            return (
                _("Tryggve read on %(day)s how it stands, and it held. That counts until %(until)s.") % told
            )
        case State.STALE:
            return _("The last measurement, of %(day)s, is too old to count.") % told
    return ""


def _said(words: str, one: Statement, roles: Mapping[str, str]) -> str:
    role = role_name(roles.get(str(one.by_ref), ""))
    by = f" ({role.lower()})" if role else ""
    return words % {"day": day(one.said_at), "until": day(one.until), "by": by}
