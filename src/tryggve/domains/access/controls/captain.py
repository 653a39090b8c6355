from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import Measured, Mend, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import captains as selectors


@measure(
    "GOV-01",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "no-captain": _("Nobody but the deputy answers for security"),
                "no-deputy": _("Nobody is chosen to step in"),
                "captain-factor": _("Whoever answers for security has no second step"),
                "deputy-factor": _("Whoever steps in has no second step"),
                "captain-away": _("Whoever answers for security hasn't been here for 30 days"),
                "deputy-away": _("Whoever steps in hasn't been here for 30 days"),
                "not-handed-over": _("Somebody has left, and the list of what is left to do isn't done"),
            },
        ),
        "captains": facts.count(_("People who answer for security")),
        "has_deputy": facts.yes_or_no(_("Somebody is chosen to step in")),
        "captain_days": facts.count(_("Days since one who answers was here")),
        "deputy_days": facts.count(_("Days since the one who steps in was here")),
        "lists_open": facts.count(_("Lists after somebody left that aren't done")),
    },
    causes=CAUSES,
    mend=Mend("access:standby", _("Choose who steps in"), "access.change-people"),
)
def somebody_answers_and_another_steps_in(at: datetime) -> Measured:
    """Reads who has which task, and when each was here last; nothing is tried."""
    require_begun()
    now = selectors.answering(at=at)
    found = [code for code, is_so in _wrong(now, at).items() if is_so]
    told: dict[str, facts.Value] = {
        "captains": len(now.captains),
        "has_deputy": now.deputy is not None,
        "lists_open": now.lists_open,
    }
    days = [days for one in now.captains if (days := one.days_since_seen(at)) is not None]
    if days:
        told["captain_days"] = min(days)
    if now.deputy and (deputy_days := now.deputy.days_since_seen(at)) is not None:
        told["deputy_days"] = deputy_days
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.OBSERVED, told)


def _wrong(now: selectors.Answering, at: datetime) -> Mapping[str, bool]:
    """Of several who answer one is enough who could come in now; which of them it is, is theirs to agree on."""
    secured = [one for one in now.captains if one.has_factor]
    deputy = now.deputy
    return {
        "no-captain": not now.captains,
        "no-deputy": deputy is None,
        "captain-factor": not secured,
        "deputy-factor": deputy is not None and not deputy.has_factor,
        "captain-away": all(one.is_away(at) for one in secured),
        "deputy-away": deputy is not None and deputy.is_away(at),
        "not-handed-over": bool(now.lists_open),
    }
