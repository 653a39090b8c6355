from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.incidents import button_trial
from tryggve.domains.incidents.selectors import reports, trials
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.domains.incidents.selectors.trials import Arrival
from tryggve.notices import selectors as kept
from tryggve.notices import smtp
from tryggve.notices.models import MailServer
from tryggve.notices.troubles import Trouble

_LOOK_BACK = timedelta(days=90)
_STEP_SECONDS, _DIALOGUE_SECONDS = 15.0, 40.0
# Of these nobody can say whether the settings are wrong or the net was: the next try tells.
_PASSING = frozenset({Trouble.UNKNOWN_HOST, Trouble.UNREACHABLE, Trouble.NO_ANSWER, Trouble.BUSY})
_WRONG_WITH_MAIL = {
    "no-mail": _("Tryggve has no mailbox to send alarms from"),
    "nobody": _("There is nobody whom alarms could go to"),
    "refused": _("The mail server doesn't take the alarm"),
    "unconfirmed": _("Nobody has confirmed that the test alarm arrived"),
}
_WRONG_WITH_REPORTS = {
    "button": _("What somebody tells doesn't come through"),
    "not-hidden": _("Who told it can be seen, though they didn't want that"),
    "nobody": _("There is nobody whom it could reach"),
    "no-mail": _("Tryggve has no mailbox to send word from"),
    "late": _("Somebody has waited more than a day for an answer"),
}


@measure(
    "MON-02",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=4),
    facts={
        "wrong": facts.one_of(_("What is wrong"), _WRONG_WITH_MAIL),
        "people": facts.count(_("People whom alarms go to")),
        "refused": facts.count(_("People whose mail isn't taken")),
        "unconfirmed": facts.count(_("People who haven't confirmed the test alarm")),
        "confirmed_on": facts.day(_("Last day on which a test alarm was confirmed")),
    },
    causes={
        "no-answer": _("The mail server couldn't be reached or asked to come back later."),
        "awaited": _("A test alarm is on its way. Press the button in the mail to confirm that it arrived."),
    },
    asks={"awaited"},
    mend=Mend("setup:mail", _("To the mail settings"), "setup.change-mail"),
)
def an_alarm_reaches_somebody(at: datetime) -> Measured:
    """Asks the mail server to take mail to each, up to the text; that one arrived, each confirms now and then."""
    people, server = people_alerted(at=at), kept.the_mail_server()
    told: dict[str, facts.Value] = {"people": len(people)}
    if not people or server is None:
        return Measured(Verdict.FAILING, told | {"wrong": "no-mail" if people else "nobody"})
    if (last := trials.last_confirmed(people)) is not None:
        told["confirmed_on"] = timezone.localdate(last)
    told["refused"] = refused = _refused(people)
    arrivals = [_arrival(person, server, at) for person in people]
    told["unconfirmed"] = sum(one is not Arrival.CONFIRMED for one in arrivals)
    if refused:
        return Measured(Verdict.FAILING, told | {"wrong": "refused"})
    if Arrival.UNCONFIRMED in arrivals:
        return Measured(Verdict.FAILING, told | {"wrong": "unconfirmed"})
    if Arrival.AWAITED in arrivals:
        raise CannotMeasure("awaited")
    return Measured(Verdict.PROVED, told)


@measure(
    "INC-03",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=1),
    facts={
        "wrong": facts.one_of(_("What is wrong"), _WRONG_WITH_REPORTS),
        "people": facts.count(_("People whom a report reaches")),
        "reports": facts.count(_("Reports in the last 90 days")),
        "open": facts.count(_("Reports that nobody has seen to yet")),
        "late": facts.count(_("Reports that have waited for more than a day")),
        "minutes": facts.count(_("Minutes until somebody saw to a report, the middle one of 90 days")),
        "is_hidden": facts.yes_or_no(_("One can tell without saying who one is")),
    },
    mend=Mend("incidents:reports", _("To the reports"), "incidents.view"),
)
def anybody_can_tell_of_a_mistake(at: datetime) -> Measured:
    """Presses the button as somebody who is made up, with a name and without; nothing of it is kept."""
    tried, people = button_trial.tried(at=at), people_alerted(at=at)
    met = reports.response(since=at - _LOOK_BACK, at=at)
    told: dict[str, facts.Value] = {
        "people": len(people),
        "reports": met.told,
        "open": met.open,
        "late": met.late,
        "is_hidden": tried.hides,
    }
    if met.minutes is not None:
        told["minutes"] = met.minutes
    holes = {
        "nobody": not people,
        "button": not tried.arrives or (bool(people) and not tried.is_mailed),
        "not-hidden": not tried.hides,
        "no-mail": kept.the_mail_server() is None,
        "late": met.late > 0,
    }
    wrong = [code for code, is_open in holes.items() if is_open]
    if wrong:
        return Measured(Verdict.FAILING, told | {"wrong": wrong[0]})
    return Measured(Verdict.PROVED, told)


def _arrival(person: User, server: MailServer, at: datetime) -> Arrival:
    return trials.arrival(person.pk, settings_since=server.changed_at, at=at)


def _refused(people: Sequence[User]) -> int:
    """How many the server doesn't take mail to. Raises CannotMeasure where that can't be told now."""
    try:
        server = kept.opened_mail_server()
    except vault.CannotOpen:
        return len(people)  # without the password it lets nobody in
    return sum(not _is_taken(server, person) for person in people) if server else len(people)


def _is_taken(server: smtp.Server, person: User) -> bool:
    try:
        smtp.rehearse(server, person.email, seconds=_STEP_SECONDS, in_all=_DIALOGUE_SECONDS)
    except smtp.NotSent as refusal:
        if refusal.trouble in _PASSING:
            raise CannotMeasure("no-answer") from None
        return False
    return True
