"""Who would get a mailing now, and who wouldn't and why: counted, nobody is named."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Person
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.mailing_words import Reason, reason_in_words
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.rights import api as rights
from tryggve.domains.rights.api import Verdict


@dataclass(frozen=True, slots=True)
class Audience:
    """How many get it, and by the code of why not, how many don't."""

    gets: int
    left_out: Counter[str]

    @property
    def why_not(self) -> list[tuple[str, int]]:
        """In words, the most frequent first."""
        return [(reason_in_words(code), count) for code, count in self.left_out.most_common()]

    @property
    def misses(self) -> int:
        """How many don't get it."""
        return self.left_out.total()


def audience_of(row: Mailing, tags: Collection[str], *, actor: str, at: datetime, reach: Reach) -> Audience:
    """Of a mailing as it is now; the count is in the log. Raises vault.Locked."""
    found = counted(customers.people_tagged(tags, reach=reach), row.purpose_ref, at=at)
    audit.look(
        actions.PREVIEWED,
        actor=actor,
        at=at,
        mailing=str(row.pk),
        gets=found.gets,
        left_out=found.misses,
    )
    return found


def counted(people: Collection[Person], purpose: UUID | None, *, at: datetime) -> Audience:
    """The same of these people."""
    verdicts = rights.verdicts(people, purpose, at=at) if purpose else {}
    told: Counter[str] = Counter()
    mailboxes: set[str] = set()
    for one in people:
        reason = _reason(one, verdicts.get(one.id, Verdict.ENDED), mailboxes)
        told[reason] += 1
        if reason == Verdict.YES:
            mailboxes.add(mailbox_of(one))
    gets = told.pop(Verdict.YES, 0)
    return Audience(gets, told)


def mailbox_of(person: Person) -> str:
    """The address that is written to, as it is compared; empty where there is none."""
    return person.emails[0].casefold() if person.emails else ""


def _reason(person: Person, verdict: Verdict, taken: set[str]) -> str:
    if verdict is Verdict.YES and not person.emails:
        return Reason.NO_ADDRESS
    if verdict is Verdict.YES and mailbox_of(person) in taken:
        return Reason.SAME_MAILBOX
    return verdict
