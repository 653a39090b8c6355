import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from tryggve.lib import errors
from tryggve.vault.recovery import Kit

HELD_SECONDS: Final = 30 * 60.0


class SheetGone(errors.Refusal):
    sentence = gettext_lazy(
        "That page of the kit can't be shown any more: it was put away, or half an hour has gone by. Nothing is "
        "lost: if it was not printed, make a new kit."
    )


class Sheets:
    """The pages of one new kit that are still to be printed: in memory only, one after the other, for who made it."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._kit: Kit | None = None
        self._by = ""
        self._left: set[int] = set()
        self._until = 0.0

    def hold(self, kit: Kit, *, by: str) -> None:
        """Hold this kit's pages, in place of another's."""
        with self._guard:
            self._by = by
            self._kit, self._left = kit, set(range(1, len(kit.shares) + 1))
            self._until = self._monotonic() + HELD_SECONDS

    def require(self, *, number: int, share: int, by: str) -> None:
        """That it can be shown now, without its words. Raises SheetGone."""
        with self._guard:
            self._held(number, share, by)

    def sheet(self, *, number: int, share: int, by: str) -> Mapping[str, Any]:
        """The words of one share, until it is put away. Raises SheetGone."""
        with self._guard:
            kit = self._held(number, share, by)
            return {"made_at": kit.made_at.isoformat(), "words": list(kit.shares[share - 1])}

    def put_away(self, *, number: int, share: int, by: str) -> None:
        """It was printed: it is never shown again. Raises SheetGone."""
        with self._guard:
            self._held(number, share, by)
            self._left.discard(share)
            if not self._left:
                self._kit = None

    def forget(self) -> None:
        with self._guard:
            self._kit, self._left = None, set()

    def _held(self, number: int, share: int, by: str) -> Kit:
        if self._monotonic() > self._until:
            self._kit, self._left = None, set()
        if self._kit is None or (self._kit.number, self._by, min(self._left)) != (number, by, share):
            raise SheetGone
        return self._kit
