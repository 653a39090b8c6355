from uuid import UUID

from tryggve.accounts.models import User


def people_here() -> list[tuple[UUID, str]]:
    """Who works here now: id and name, in the order of names."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name"))


def name_of(person: UUID) -> str:
    """What somebody with an account is or was called; empty for nobody known."""
    return User.objects.filter(pk=person).values_list("name", flat=True).first() or ""
