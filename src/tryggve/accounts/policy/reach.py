from dataclasses import dataclass
from uuid import UUID

from tryggve.accounts.models import User
from tryggve.accounts.roles import Scope


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose customers somebody may see: everybody's (None), or those that one of these people is responsible for."""

    people: frozenset[UUID] | None

    def covers(self, responsible: UUID | None) -> bool:
        """Whether a customer of this person is among them; one of nobody's is so only for who sees everybody's."""
        return self.people is None or responsible in self.people


EVERYBODY = Reach(None)
NOBODY = Reach(frozenset())


def reach_of(user: User) -> Reach:
    """The reach of somebody who works here; one query more for who sees the customers of a team."""
    match user.scope:
        case Scope.ALL:
            return EVERYBODY
        case Scope.TEAM:
            others = User.objects.filter(teams__in=user.teams.all()).values_list("pk", flat=True)
            return Reach(frozenset(others) | {user.pk})
    return Reach(frozenset({user.pk}))
