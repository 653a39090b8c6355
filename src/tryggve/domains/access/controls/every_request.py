from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.accounts import addresses
from tryggve.controls import facts
from tryggve.controls.registry import Measured, Verdict, measure
from tryggve.domains.access.controls.begun import CAUSES, require_begun
from tryggve.domains.access.selectors import session_ages
from tryggve.domains.access.trials import by_challenge


@measure(
    "ACC-03",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=4),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "let-in": _("Somebody came in who shouldn't have"),
                "undeclared": _("Of some pages nobody has said who may open them"),
                "unasked": _("Somebody wasn't asked to show who it is"),
                "unwritten": _("The log doesn't tell of everybody who was turned away"),
                "overlong": _("A sign-in lived longer than the rules allow"),
            },
        ),
        "doors": facts.count(_("Pages tried")),
        "tries": facts.count(_("Attempts by strangers and in sessions that mustn't count")),
        "let_in": facts.count(_("Attempts that came in")),
        "unasked": facts.count(_("Attempts that met something else than they should")),
        "unwritten": facts.count(_("Attempts that the log doesn't tell of")),
        "undeclared": facts.count(_("Pages of which nobody has said who may open them")),
        "overlong": facts.count(_("Sign-ins of the last seven days that lived too long")),
        "knows_countries": facts.yes_or_no(_("Tryggve knows which country people sign in from")),
    },
    causes=CAUSES,
)
def nobody_is_let_in_without_being_asked(at: datetime) -> Measured:
    """Strangers, other devices, other networks and old sessions knock at the doors to data; none of it is kept."""
    require_begun()
    tried = by_challenge.tried(at=at)
    counted = {
        "let-in": tried.let_in,
        "undeclared": tried.undeclared,
        "unasked": tried.unasked,
        "unwritten": tried.unwritten,
        "overlong": session_ages.overlong(at=at),
    }
    found = [code for code, count in counted.items() if count]
    told: dict[str, facts.Value] = {
        "doors": tried.doors,
        "tries": tried.tries,
        "let_in": tried.let_in,
        "unasked": tried.unasked,
        "unwritten": tried.unwritten,
        "undeclared": tried.undeclared,
        "overlong": counted["overlong"],
        "knows_countries": addresses.standing().countries is not None,
    }
    if found:
        return Measured(Verdict.FAILING, {"wrong": found[0], **told})
    return Measured(Verdict.PROVED, told)
