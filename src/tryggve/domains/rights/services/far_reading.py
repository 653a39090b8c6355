"""Who read far beyond the customers that are theirs: written in the log, for people to judge (GDPR art. 32(4))."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tryggve.audit import actors
from tryggve.audit import selectors as log
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.selectors.looks import LOOKS

# A day's work at a reception seldom opens so many cards of customers whom somebody else looks after.
MANY = 50
_DAY = timedelta(days=1)
_PERSON = "user:"


def find(*, at: datetime) -> int:
    """Write down who opened the cards of more than fifty customers of others within the last day; how many did.

    A customer whom nobody looks after is everybody's. Nobody is told of twice within a day.
    """
    read = log.subjects_by_actor(LOOKS, since=at - _DAY, until=at)
    people = {actor: subjects for actor, subjects in read.items() if actor.startswith(_PERSON)}
    looked_after = _looked_after({one for subjects in people.values() for one in subjects})
    told = 0
    for actor, subjects in people.items():
        count = sum(looked_after.get(one, actor) != actor for one in subjects)
        if count > MANY and not _is_told(actor, at):
            person = actor.removeprefix(_PERSON)
            audit.record(actions.READ_FAR, actor=actors.SYSTEM, at=at, person=person, count=count)
            told += 1
    return told


def _looked_after(subjects: Collection[UUID]) -> dict[UUID, str]:
    """By customer, who looks after them as the log calls that person; those whom nobody does are left out."""
    return {
        one.id: actors.user(one.responsible) for one in customers.last_written(subjects) if one.responsible
    }


def _is_told(actor: str, at: datetime) -> bool:
    wanted = log.Filter(action=actions.READ_FAR.code, since=at - _DAY)
    person = actor.removeprefix(_PERSON)
    return any(one.facts.get("person") == person for one in log.newest_entries(limit=1000, wanted=wanted))
