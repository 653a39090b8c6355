from dataclasses import dataclass
from uuid import UUID

from tryggve.accounts.models import User


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, or did."""

    id: UUID
    name: str
    is_here: bool


def people_here() -> list[tuple[UUID, str]]:
    """Who works here now: id and name, in the order of names."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name"))


def name_of(person: UUID) -> str:
    """What somebody with an account is or was called; empty for nobody known."""
    return User.objects.filter(pk=person).values_list("name", flat=True).first() or ""


def colleagues() -> list[Colleague]:
    """Everybody who ever had an account, in the order of names."""
    people = User.objects.order_by("name", "pk").values_list("pk", "name", "is_active")
    return [Colleague(*one) for one in people]
