from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import passwords as selectors
from tryggve.domains.access.trials import passwords as trials

_MEND = Mend("access:passwords", _("See the passwords"), "access.see-people")


@measure(
    "AUT-02",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(seconds=60),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                trials.LEAKED: _("A leaked password was taken"),
                trials.SHORT: _("A short password was taken"),
                "unchecked": _("Somebody's password came in past Tryggve"),
            },
        ),
        "tried": facts.count(_("Bad passwords tried")),
        "taken": facts.count(_("Bad passwords taken")),
        "people": facts.count(_("People who sign in with a password")),
        "unchecked": facts.count(_("Passwords that came in past Tryggve")),
    },
    causes={
        **CAUSES,
        "no-answer": _("A good password wasn't taken either, so nothing can be said of the bad ones."),
    },
    mend=_MEND,
)
def bad_passwords_are_refused(at: datetime) -> Measured:
    """Somebody made up tries to choose short and leaked ones, on the pages that people use; none of it is kept."""
    require_begun()
    try:
        tried = trials.tried(at=at)
    except trials.NotAnswered:
        raise CannotMeasure("no-answer") from None
    people = selectors.passwords(at=at).people
    unchecked = sum(not one.is_marked for one in people)
    told: dict[str, facts.Value] = {
        "tried": tried.passwords,
        "taken": len(tried.taken),
        "people": len(people),
        "unchecked": unchecked,
    }
    found = [code for code in (trials.LEAKED, trials.SHORT) if code in tried.taken]
    if unchecked:
        found.append("unchecked")
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.PROVED, told)


@measure(
    "AUT-03",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "asked": _("Somebody was asked to choose another password and hasn't"),
                "left": _("Somebody has left, and a password they knew is still the same"),
                "too-old": _("A password is older than you have chosen"),
            },
        ),
        "people": facts.count(_("People who sign in with a password")),
        "oldest_days": facts.count(_("Age of the oldest password, in days")),
        "longest_days": facts.count(_("How old they may be, in days (0: as old as they like)")),
        "too_old": facts.count(_("Passwords that are older")),
        "asked": facts.count(_("People who were asked to choose another one")),
        "left_open": facts.count(_("People who have left and whose passwords are still the same")),
    },
    causes={**CAUSES, "not-chosen": _("You haven't chosen yet how old a password may be.")},
    asks={"not-chosen"},
    mend=_MEND,
)
def passwords_are_changed_when_they_should(at: datetime) -> Measured:
    """Reads when each password was chosen, and what calls for another one; nothing is tried."""
    require_begun()
    standing = selectors.passwords(at=at)
    told: dict[str, facts.Value] = {
        "people": len(standing.people),
        "oldest_days": max((one.days for one in standing.people if one.days is not None), default=0),
        "too_old": sum(one.is_too_old for one in standing.people),
        "asked": sum(bool(one.asked_for) for one in standing.people),
        "left_open": standing.left_open,
    }
    wrong: Mapping[str, object] = {
        "asked": told["asked"],
        "left": told["left_open"],
        "too-old": told["too_old"],
    }
    found = [code for code, is_so in wrong.items() if is_so]
    if standing.longest_days is not None:
        told["longest_days"] = standing.longest_days
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    if standing.longest_days is None:
        raise CannotMeasure("not-chosen")
    return Measured(Verdict.OBSERVED, told)
