from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import clock
from tryggve.controls import facts
from tryggve.controls.registry import Measured, Mend, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import access_reviews, account_use, rights_in_use


@measure(
    "ACC-02",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "left-behind": _("People who have left still have something of their access"),
                "dormant": _("Accounts that nobody has used for 45 days"),
                "shared": _("Accounts that several people seem to share"),
                "steps-left": _("What was left to do when somebody left isn't done after a month"),
                "not-reviewed": _("Nobody has gone through who has access this quarter"),
            },
        ),
        "people": facts.count(_("People with an account")),
        "dormant": facts.count(_("Accounts that nobody has used for 45 days")),
        "shared": facts.count(_("Accounts that several people seem to share")),
        "left_behind": facts.count(_("Sessions, keys and the like of people who have left")),
        "minutes": facts.count(
            _("Minutes from closing an account until its last session ended, at the most")
        ),
        "steps_left": facts.count(_("Things left to do for more than a month after somebody left")),
        "reviewed_on": facts.day(_("Gone through last")),
    },
    causes=CAUSES,
    mend=Mend("access:review", _("Go through who has access"), "access.review-access"),
)
def those_have_access_who_work_here(at: datetime) -> Measured:
    """Looks at the accounts, and at when somebody went through them."""
    require_begun()
    last = access_reviews.last_review(at=at)
    since = last.done_at if last else None
    counted = {
        "left-behind": account_use.left_behind(),
        "dormant": len(account_use.dormant(at=at)),
        "shared": len(account_use.shared(since=since, at=at)),
        "steps-left": account_use.steps_left(at=at),
        "not-reviewed": int(not clock.is_within(access_reviews.LASTS, since, at=at)),
    }
    found = [code for code, count in counted.items() if count]
    told: dict[str, facts.Value] = {
        "people": rights_in_use.standing(at=at).people,
        "dormant": counted["dormant"],
        "shared": counted["shared"],
        "left_behind": counted["left-behind"],
        "minutes": account_use.minutes_to_close(at=at),
        "steps_left": counted["steps-left"],
    }
    if last is not None:
        told["reviewed_on"] = timezone.localdate(last.done_at)
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.OBSERVED, told)
