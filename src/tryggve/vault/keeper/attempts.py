import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext_lazy

from tryggve.lib.errors import Refusal
from tryggve.vault.locked import Locked
from tryggve.vault.shares import ShareRefused

MOST_FAILURES: Final = 5
WITHIN_SECONDS: Final = 5 * 60.0


class TooManyAttempts(Locked):
    sentence = gettext_lazy(
        "That was tried wrongly several times, so that Tryggve now waits. Nothing is lost: try again in "
        "%(minutes)s minutes."
    )


class Attempts:
    """Wrong tries to unlock, so that nobody can guess: five within five minutes, one try at a time."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failed_at: deque[float] = deque(maxlen=MOST_FAILURES)
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """A try; one that ends in a refusal counts, but for a mistyped share.

        Raises TooManyAttempts before anything is tried.
        """
        with self._one_at_a_time:
            self._require_patience()
            try:
                yield
            except ShareRefused:
                raise  # a slip of the pen among 66 words is no guess; nobody guesses the 256 bits behind them
            except Refusal:
                self._failed_at.append(self._monotonic())
                raise
            self._failed_at.clear()

    def _require_patience(self) -> None:
        if len(self._failed_at) < MOST_FAILURES:
            return
        seconds = self._failed_at[0] + WITHIN_SECONDS - self._monotonic()
        if seconds > 0:
            raise TooManyAttempts(minutes=int(seconds // 60) + 1)
