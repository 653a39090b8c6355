"""What the reader could do now that takes away the most risk for each minute."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.controls import catalogue, registry
from tryggve.controls import selectors as controls
from tryggve.controls.catalogue import Control, Tier
from tryggve.controls.engine.standing import NOT_BUILT, Standing, State
from tryggve.controls.registry import Mend
from tryggve.domains.protection.engine import ranking
from tryggve.domains.protection.engine.ranking import Candidate


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: what is wrong now or else the first step, why it matters, and one button."""

    control: str
    heading: str
    step: str
    why: str
    is_failing: bool
    wrong: str
    minutes: int
    label: str
    address: str


def next_actions(
    tier: Tier, *, standings: Mapping[str, Standing], reader: User, language: str
) -> list[Action]:
    """At most three, the best first; only what this reader may do. No query."""
    candidates = [_candidate(one, standings[one.id]) for one in catalogue.controls_of(tier)]
    may_change = permissions.may(reader, "protection.change")
    possible = [one for one in candidates if may_change or _mend(one, reader)]
    return [_action(one, reader, language) for one in ranking.first_to_do(possible)]


def _candidate(control: Control, standing: Standing) -> Candidate:
    measure = registry.measures().get(control.id)
    return Candidate(
        control=control.id,
        standing=standing,
        weight=control.weight,
        minutes=control.minutes,
        is_set_up_by_people=measure is not None and standing.cause in measure.asks,
        is_word_asked=bool(catalogue.words(control.id, "en").attest),
    )


def _mend(candidate: Candidate, reader: User) -> Mend | None:
    """Where this reader puts it right, if there is such a page and it is open to them."""
    measure = registry.measures().get(candidate.control)
    mend = measure.mend if measure else None
    return mend if mend and permissions.may(reader, mend.permission) else None


def _action(candidate: Candidate, reader: User, language: str) -> Action:
    words = catalogue.words(candidate.control, language)
    label, address = _button(candidate, reader)
    is_word_wanted = _is_word_wanted(candidate, reader)
    return Action(
        control=candidate.control,
        heading=words.heading,
        # What the first step says may be Tryggve's own work, which it can't do yet.
        step=_("Check whether this is so: %(claim)s") % {"claim": words.attest}
        if is_word_wanted
        else words.how[0],
        why=words.why,
        is_failing=candidate.standing.state is State.FAILING,
        wrong=controls.wrong_in_words(candidate.control, candidate.standing.wrong),
        minutes=candidate.minutes,
        label=label,
        address=address,
    )


def _button(candidate: Candidate, reader: User) -> tuple[str, str]:
    mend = _mend(candidate, reader)
    if mend is not None:
        return str(mend.label), reverse(mend.url_name)
    page = reverse("protection:control", args=[candidate.control])
    is_word_wanted = _is_word_wanted(candidate, reader)
    return (_("Look at it and vouch for it") if is_word_wanted else _("See what is wrong")), page


def _is_word_wanted(candidate: Candidate, reader: User) -> bool:
    return candidate.standing.cause == NOT_BUILT and _mend(candidate, reader) is None
