from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import Measured, Mend, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import rights_in_use
from tryggve.domains.access.trials import by_role

# «As few as possible be owners, two is a good number»: beyond three only in companies of twenty or more.
_OWNERS_AT_LEAST: Final = 3
_PEOPLE_FOR_AN_OWNER: Final = 5


@measure(
    "ACC-01",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=4),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "open-door": _("Somebody made up came in where the role doesn't open"),
                "shut-door": _("Somebody made up was kept out where the role opens"),
                "untried-door": _("Some pages couldn't be tried"),
                "too-many-owners": _("More people are owners than need to be"),
                "unused-rights": _("Rights that nobody has used for 90 days"),
            },
        ),
        "doors": facts.count(_("Pages tried")),
        "tries": facts.count(_("Attempts by made-up people of each role")),
        "opened_wrongly": facts.count(_("Attempts that came in and shouldn't have")),
        "shut_wrongly": facts.count(_("Attempts that were kept out and shouldn't have been")),
        "owners": facts.count(_("Owners")),
        "captains": facts.count(_("Security captains")),
        "people": facts.count(_("People with an account")),
        "given": facts.count(_("Rights that people have beside their role")),
        "unused": facts.count(_("Of those, not used for 90 days")),
    },
    causes=CAUSES,
    mend=Mend("access:review", _("Go through who has access"), "access.review-access"),
)
def everybody_opens_what_their_role_opens(at: datetime) -> Measured:
    """Somebody made up of each role knocks at every door, through all that stands before it; none of it is kept."""
    require_begun()
    tried = by_role.tried(at=at)
    standing = rights_in_use.standing(at=at)
    wrong = {
        "open-door": tried.opened_wrongly,
        "shut-door": tried.shut_wrongly,
        "untried-door": tried.untried,
        "too-many-owners": standing.owners > _most_owners(standing.people),
        "unused-rights": standing.unused,
    }
    found = [code for code, is_so in wrong.items() if is_so]
    told: dict[str, facts.Value] = {
        "doors": tried.doors,
        "tries": tried.tries,
        "opened_wrongly": tried.opened_wrongly,
        "shut_wrongly": tried.shut_wrongly,
        "owners": standing.owners,
        "captains": standing.captains,
        "people": standing.people,
        "given": standing.given,
        "unused": standing.unused,
    }
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.PROVED, told)


def _most_owners(people: int) -> int:
    return max(_OWNERS_AT_LEAST, people // _PEOPLE_FOR_AN_OWNER)
