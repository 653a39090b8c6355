from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import second_factors
from tryggve.domains.access.trials import other_doors, second_step


@measure(
    "AUT-04",
    every=timedelta(hours=12),
    valid=timedelta(hours=30),
    deadline=timedelta(seconds=90),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "opened": _("A password alone opened a page"),
                "not-asked": _("Who has a second step wasn't asked for it"),
                "link-opened": _("A customer's link alone opened the customer's page"),
                "sessions": _("Somebody is signed in without a second step"),
                "people": _("Somebody has no second step"),
            },
        ),
        "people": facts.count(_("People with an account")),
        "without": facts.count(_("People without a second step")),
        "with_passkey": facts.count(_("People with a passkey, the strongest kind")),
        "sessions_without": facts.count(_("Open sessions in which no second step was used")),
        "pages": facts.count(_("Pages tried with a password alone")),
        "links": facts.count(_("Customers' links tried in another browser")),
    },
    causes={
        **CAUSES,
        "no-answer": _("The page for signing in answered neither yes nor no, so nothing could be tried."),
        "no-way-in": _(
            "The customers' page let nobody in, not even in the right way, so nothing could be tried there."
        ),
    },
    mend=Mend("access:passwords", _("See who lacks it"), "access.see-people"),
)
def a_password_alone_opens_nothing(at: datetime) -> Measured:
    """Somebody made up signs in with a right password and nothing else, and tries every page; none of it is kept.

    So does somebody to whom a made-up customer's link was sent on.
    """
    require_begun()
    try:
        tried = second_step.tried()
    except second_step.NotAnswered:
        raise CannotMeasure("no-answer") from None
    enrolled = second_factors.enrolment(at=at)
    wrong: Mapping[str, object] = {
        "opened": tried.opened,
        "not-asked": not tried.asks,
        "sessions": enrolled.sessions_without,
        "people": enrolled.without,
    }
    found = [code for code, is_so in wrong.items() if is_so]
    links = _links(at, is_needed=not found)
    told: dict[str, facts.Value] = {
        "people": enrolled.people,
        "without": enrolled.without,
        "with_passkey": enrolled.with_passkey,
        "sessions_without": enrolled.sessions_without,
        "pages": tried.pages,
    }
    if links is not None:
        told["links"] = links.doors
        found = ["link-opened", *found] if links.opened else found
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.PROVED, told)


def _links(at: datetime, *, is_needed: bool) -> other_doors.Tried | None:
    """None where they can't be tried and what was found says enough. Raises CannotMeasure and vault.Locked."""
    try:
        return other_doors.tried(at=at)
    except other_doors.NotAnswered:
        if is_needed:
            raise CannotMeasure("no-way-in") from None
    except vault.Locked:
        if is_needed:
            raise
    return None
