"""Whether customers may be written to for a purpose, asked right before each mail; in doubt they may not."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Person
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.consents import Event, Standing, State
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept, NoSuchPurpose
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services import suppression

# Of so many at most the events are asked for by name; else those of everybody about that purpose.
_FEW = 500
_NO = (State.REFUSED, State.WITHDRAWN)


class Verdict(StrEnum):
    """Whether somebody may be written to now, and if not, why."""

    YES = "yes"
    ENDED = "purpose-ended"
    RESTRICTED = "restricted"
    NO_CONSENT = "no-consent"
    OBJECTED = "objected"
    HELD_BACK = "held-back"


def verdicts(people: Collection[Person], purpose: UUID, *, at: datetime) -> Mapping[UUID, Verdict]:
    """Of each customer; a number of questions that doesn't grow with them.

    By consent: it holds, and nothing that was said no to since. On another basis: nobody withdrew, refused or objected
    (GDPR art. 21(2) and 21(3)), and no address is one that is held back. Neither while the data is restricted
    (art. 18). Raises vault.Locked, and vault.KeyGone rather than let somebody through.
    """
    kept = _in_use(purpose)
    if kept is None:
        return {one.id: Verdict.ENDED for one in people}
    standings = _standings([one.id for one in people], purpose, at)
    objections = cases.newest_objections(purpose)
    is_asked = consents.is_by_consent(kept)
    held = frozenset() if is_asked else _held_back(people)
    return {
        one.id: _verdict(
            one, standings.get(one.id, _NOTHING), objections.get(one.id), is_asked, one.id in held
        )
        for one in people
    }


_NOTHING = Standing(State.NOTHING)


def _verdict(
    person: Person, standing: Standing, objected_at: datetime | None, is_asked: bool, is_held_back: bool
) -> Verdict:
    if person.is_restricted:
        return Verdict.RESTRICTED
    if is_asked and standing.state is not State.HOLDS:
        return Verdict.NO_CONSENT
    # A yes that was given after the objection is the customer's newer word.
    if objected_at is not None and not (is_asked and standing.since and standing.since > objected_at):
        return Verdict.OBJECTED
    if not is_asked and standing.state in _NO:
        return Verdict.OBJECTED
    return Verdict.HELD_BACK if is_held_back else Verdict.YES


def _in_use(purpose: UUID) -> Kept | None:
    try:
        kept = purposes.one_purpose(purpose)
    except NoSuchPurpose:
        return None
    return None if kept.is_ended else kept


def _standings(people: Collection[UUID], purpose: UUID, at: datetime) -> Mapping[UUID, Standing]:
    rows = consents.rows(purpose=purpose)
    if len(people) <= _FEW:
        rows = rows.filter(customer_ref__in=people)
    events: dict[UUID, list[Event]] = defaultdict(list)
    for row in rows:
        events[row.customer_ref].append(consents.event_of(row))
    return {customer: engine.standing(told, at) for customer, told in events.items()}


def _held_back(people: Collection[Person]) -> frozenset[UUID]:
    if not suppression.is_anybody_held_back():
        return frozenset()
    marks = {one.id: customers.known_again_by_address(one) for one in people}
    held = suppression.held_back({mark for told in marks.values() for mark in told})
    return frozenset(customer for customer, told in marks.items() if not held.isdisjoint(told))
