from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tryggve.accounts.models import User

_FEWEST_SIGNS = 5


class NotAPattern:
    """Refuses what guessing programs try first and a list of common passwords doesn't hold, being longer."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        if (
            password.isdecimal()
            or len(set(password)) < _FEWEST_SIGNS
            or _repeats(password)
            or _counts(password)
        ):
            raise ValidationError(
                _(
                    "This password follows a pattern that is easily guessed. Take words that don't belong together."
                ),
                code="password_pattern",
            )

    def get_help_text(self) -> str:
        return _("The password can't be digits alone, or the same piece over and over.")


def _repeats(password: str) -> bool:
    """Whether it is one piece, twice or more often: the text is found in its own double, turned round."""
    return password.casefold() in (password.casefold() * 2)[1:-1]


def _counts(password: str) -> bool:
    """Whether each sign is the next one after the sign before, up or down, as in ``abcdefghijkl``."""
    steps = {ord(second) - ord(first) for first, second in pairwise(password)}
    return steps in ({1}, {-1})
