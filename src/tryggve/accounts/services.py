from tryggve.accounts.models import User


def create_user(*, email: str, password: str, name: str, language: str) -> User:
    """Make an account. Raises django.db.IntegrityError when the address is taken."""
    return User.objects.create_user(email=email, password=password, name=name, language=language)


def set_language(*, user: User, language: str) -> None:
    """Remember which language this person reads."""
    user.language = language
    user.save(update_fields=["language"])
