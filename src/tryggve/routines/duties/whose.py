"""Who does a turn: somebody the company chose, everybody for themselves, or a role."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.routines.duties.catalogue import Doer, Duty
from tryggve.routines.duties.models import Choice

# An auditor reads, a supplier is asked for what was agreed: neither has routines of ours.
WORKERS = frozenset({Role.OWNER, Role.CAPTAIN, Role.EMPLOYEE})


def people_here(at: datetime) -> list[User]:
    """Who works here now and has routines, in the order of names; each knows whether a deputy. One question."""
    people = list(User.objects.filter(is_active=True, role__in=WORKERS).order_by("name", "pk"))
    for person in people:
        person.note_time(at)
    return people


def doers(duty: Duty, about: str, choice: Choice | None, people: Sequence[User]) -> list[User]:
    """Those of the people whose turn it is. The captain's is the owner's as long as there is no captain."""
    if duty.for_each_person:
        return [person for person in people if person.actor == about]
    chosen = [person for person in people if choice and person.pk == choice.person_id]
    return chosen or _of_role(duty.doer, people)


def is_asked_for(duty: Duty, choice: Choice | None, people: Sequence[User]) -> bool:
    """Whether the company is asked for it: as it chose, else by how many work here."""
    if choice is None or choice.is_on is None:
        return len(people) >= duty.from_people
    return choice.is_on


def may_steer(person: User) -> bool:
    """Whether somebody decides about the company's routines, and may do anybody's but what each does for themselves."""
    return person.role in (Role.OWNER, Role.CAPTAIN) or person.is_deputy


def _of_role(doer: Doer, people: Sequence[User]) -> list[User]:
    if doer is Doer.EVERYONE:
        return list(people)
    captains = [person for person in people if person.role == Role.CAPTAIN]
    if doer is Doer.CAPTAIN and captains:
        return captains + _deputies(people)
    owners = [person for person in people if person.role == Role.OWNER]
    return owners + _deputies(people) if doer is Doer.CAPTAIN else owners


def _deputies(people: Iterable[User]) -> list[User]:
    return [person for person in people if person.is_deputy]
