from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.accounts.passwords import guesses, lists, names, patterns


class HardToGuess:
    """Refuses what guessing programs try early, in one sentence that says why and what to do instead."""

    def __init__(self, min_length: int) -> None:
        self._min_length = min_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError. Says nothing of one that is too short: that is told by another already."""
        if len(password) < self._min_length:
            return
        if patterns.is_pattern(password):
            raise ValidationError(
                _(
                    "This password follows a pattern that is easily guessed. Take words that don't belong together."
                ),
                code="password_pattern",
            )
        _refuse_known_words(password, user)

    def get_help_text(self) -> str:
        return _("At least 12 characters. Four words that don't belong together are easy to remember.")


def _refuse_known_words(password: str, user: User | None) -> None:
    words = lists.guessed_words()
    for_anybody = guesses.bits(password, words)
    for_who_knows = guesses.bits(password, words, names.words_close_by(user))
    if for_who_knows >= guesses.ENOUGH:
        return
    if for_who_knows < for_anybody:
        raise ValidationError(
            _(
                "This password holds your name, your address or the company's name, and little else. Those are "
                "tried first. Take four words that don't belong together, with spaces between."
            ),
            code="password_close_by",
        )
    raise ValidationError(
        _(
            "This password is on the lists that guessing programs use, or made of words and numbers from them. "
            "Take four words that don't belong together, with spaces between."
        ),
        code="password_guessed",
    )
