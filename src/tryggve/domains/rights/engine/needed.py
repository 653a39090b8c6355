"""Until when a customer is needed, by what the company uses data for: the purpose that needs it longest decides.

For most cases use :func:`grounds` once and :func:`needed_until` for each customer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tryggve.domains.rights.engine.calendars import until
from tryggve.domains.rights.engine.calendars.keeping_rules import Begins, Rule, rule_called
from tryggve.domains.rights.engine.purposes import Facts

# In place of a rule's code: nothing but a yes is known that the customer was there for, and it holds no more.
CONSENT_ENDED = "consent-ended"

# Purposes about people who work here keep no customer.
STAFF = frozenset({"user", "employee"})
_NOT_YET_CUSTOMERS = frozenset({"prospect", "enquirer"})
_CONSENT, _LAW = "a", "c"
_FEWEST_DAYS_OF_A_MONTH = 28


@dataclass(frozen=True, slots=True)
class Ground:
    """A purpose that may need a customer's card.

    ``of_prospects``, ``of_customers``: whether it is about people before they are customers, and after.
    """

    purpose: UUID
    rule: str
    begins: Begins
    by_consent: bool
    of_prospects: bool
    of_customers: bool

    @property
    def fewest_days(self) -> int:
        """No more days than its time can have."""
        rule = rule_called(self.rule)
        return rule.amount if rule.unit == "days" else rule.months * _FEWEST_DAYS_OF_A_MONTH


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer. ``consents``: the purposes for which consent holds now.

    ``last_contact`` is the day; ``ended_on`` the day when the assignment ended, None where nobody has said so, or
    something happened after it was said. ``status`` as on the card, empty where nobody knows. ``only_agreed``: of
    somebody of whom nothing is known but consents that hold no more, the purpose of the last one and the day of its
    end.
    """

    last_contact: date
    ended_on: date | None = None
    consents: frozenset[UUID] = frozenset()
    status: str = ""
    only_agreed: tuple[UUID, date] | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """The last day on which a purpose needs a customer, and what it was counted from."""

    until: date
    purpose: UUID
    rule: str
    counted_from: date
    is_from_end: bool

    def is_over(self, today: date) -> bool:
        return today > self.until


def grounds(purposes: Iterable[tuple[UUID, Facts]]) -> list[Ground]:
    """Those of the purposes that may need a customer's card. Raises UnknownRule.

    What the law on bookkeeping demands is single papers, which are kept without the card (GDPR art. 17(3)(b)); a law
    that names no time keeps nobody.
    """
    rules = ((purpose, facts, rule_called(facts.retention)) for purpose, facts in purposes)
    return [_ground(purpose, facts, rule) for purpose, facts, rule in rules if _keeps_cards(facts, rule)]


def needed_until(grounds: Collection[Ground], known: Known) -> Needed | None:
    """By the purpose that needs this customer longest; None where no purpose is known. Raises TooFarAway.

    Whoever was there for a yes alone is needed no longer than that holds (GDPR art. 17(1)(b)); that nothing else is
    known is no proof, so a person must look.
    """
    if known.only_agreed is not None:
        purpose, ended_on = known.only_agreed
        return Needed(ended_on, purpose, CONSENT_ENDED, ended_on, is_from_end=False)
    every = [_needed(one, known) for one in _about(grounds, known)]
    return max(every, key=lambda one: (one.until, one.purpose), default=None)


def each_needed(grounds: Collection[Ground], known: Known) -> list[Needed]:
    """The same of every purpose that needs this customer, the longest first."""
    every = [_needed(one, known) for one in _about(grounds, known)]
    return sorted(every, key=lambda one: (one.until, one.purpose), reverse=True)


def newest_that_can_be_over(grounds: Collection[Ground], *, today: date) -> date:
    """Whoever was in contact after that day is needed by one of them still, unless an assignment's end was told."""
    fewest = min((one.fewest_days for one in grounds), default=0)
    return today - timedelta(days=fewest)


def asks_for_status(grounds: Collection[Ground]) -> bool:
    """Whether it makes a difference how far somebody is on the way to becoming a customer."""
    return any(not (one.of_prospects and one.of_customers) for one in grounds)


def needs_no_yes(facts: Facts) -> bool:
    """Whether the company may keep customers' data for this without asking them.

    What a law demands is kept apart from the card, and is no ground to keep that.
    """
    return not (facts.legal_basis in (_CONSENT, _LAW) or set(facts.persons) <= STAFF)


def is_about(facts: Facts, status: str) -> bool:
    """Whether a purpose may be about somebody of whom the card says that; where it says nothing, it may."""
    if status == "prospect":
        return not _NOT_YET_CUSTOMERS.isdisjoint(facts.persons)
    return not (status and set(facts.persons) <= _NOT_YET_CUSTOMERS)


def _keeps_cards(facts: Facts, rule: Rule) -> bool:
    if set(facts.persons) <= STAFF or rule.is_of_books:
        return False
    return facts.legal_basis != _LAW or rule.force == "keep"


def _ground(purpose: UUID, facts: Facts, rule: Rule) -> Ground:
    persons = set(facts.persons)
    return Ground(
        purpose=purpose,
        rule=rule.code,
        begins=rule.begins,
        by_consent=facts.legal_basis == _CONSENT,
        of_prospects=not persons.isdisjoint(_NOT_YET_CUSTOMERS) or facts.legal_basis == _CONSENT,
        of_customers=not persons <= _NOT_YET_CUSTOMERS,
    )


def _about(grounds: Collection[Ground], known: Known) -> list[Ground]:
    """Those that apply; where none does, all: nobody is let go sooner because little is known."""
    standing = [one for one in grounds if not one.by_consent or one.purpose in known.consents]
    fitting = [one for one in standing if _fits(one, known.status)]
    return fitting or standing or list(grounds)


def _fits(ground: Ground, status: str) -> bool:
    if status == "prospect":
        return ground.of_prospects
    return ground.of_customers or not status


def _needed(ground: Ground, known: Known) -> Needed:
    is_from_end = ground.begins == "assignment-end" and known.ended_on is not None
    start = known.ended_on if is_from_end and known.ended_on else known.last_contact
    return Needed(until(ground.rule, start).until, ground.purpose, ground.rule, start, is_from_end)
