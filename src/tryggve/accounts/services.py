from tryggve.accounts.models import User
from tryggve.accounts.roles import Role


def create_user(
    *, email: str, password: str | None, name: str, language: str, role: Role = Role.EMPLOYEE
) -> User:
    """Make an account. Raises django.db.IntegrityError when the address is taken."""
    return User.objects.create_user(email=email, password=password, name=name, language=language, role=role)


def set_language(*, user: User, language: str) -> None:
    """Remember which language this person reads."""
    user.language = language
    user.save(update_fields=["language"])
