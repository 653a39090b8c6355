import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import ngettext

from tryggve.lib.errors import Refusal
from tryggve.vault.locked import Locked
from tryggve.vault.shares import ShareRefused

MOST_FAILURES: Final = 5
WITHIN_SECONDS: Final = 5 * 60.0


class TooManyAttempts(Locked):
    """Who asked has tried wrongly too often; others can still try."""

    def __init__(self, *, minutes: int) -> None:
        sentence = ngettext(
            "You tried that wrongly several times, so that Tryggve now lets you wait. Nothing is lost: try again in "
            "%(minutes)s minute.",
            "You tried that wrongly several times, so that Tryggve now lets you wait. Nothing is lost: try again in "
            "%(minutes)s minutes.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes})


class Attempts:
    """Wrong tries to unlock, so that nobody can guess, nor keep others out by guessing.

    Five within five minutes for each who asks, in each way: whoever works here is known by name, and can't make
    himself further names. The command at the terminal has a name that no browser has. Tries take turns, which
    makes others wait for five tries' work at the most. A kit's count is apart, since who holds a kit could
    otherwise clear the count of the passphrase.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._counted: dict[tuple[str, str], list[float]] = {}
        self._counting = threading.Lock()
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def counted(self, *, by: str, way: str) -> Iterator[None]:
        """A try of that person's; one that ends in a refusal counts, but for a mistyped share.

        Raises TooManyAttempts before anything is tried, and before waiting for a turn.
        """
        began_at = self._begin(by, way)
        try:
            with self._one_at_a_time:
                yield
        except BaseException as ended:
            # A slip of the pen among 66 words is no guess: nobody guesses the 256 bits behind them.
            if not isinstance(ended, Refusal) or isinstance(ended, ShareRefused):
                self._take_back(by, way, began_at)
            raise
        with self._counting:
            self._counted.pop((by, way), None)

    def _begin(self, by: str, way: str) -> float:
        """Count it as wrong until it is known to be right: many at once get no further than one after the other."""
        with self._counting:
            now = self._monotonic()
            self._drop_before(now - WITHIN_SECONDS)
            own = self._counted.setdefault((by, way), [])
            if len(own) >= MOST_FAILURES:
                raise TooManyAttempts(minutes=math.ceil((own[0] + WITHIN_SECONDS - now) / 60))
            own.append(now)
        return now

    def _drop_before(self, bound: float) -> None:
        recent = {who: [at for at in tries if at > bound] for who, tries in self._counted.items()}
        self._counted = {who: tries for who, tries in recent.items() if tries}

    def _take_back(self, by: str, way: str, began_at: float) -> None:
        with self._counting:
            own = self._counted.get((by, way), [])
            if began_at in own:
                own.remove(began_at)
