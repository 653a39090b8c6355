"""How long a run of restic may take in all, and without anything coming or going; past that it is ended."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from types import TracebackType
from typing import Any, Final

# They go on while nothing else does.
_CLOCKS: Final = ("seconds_elapsed", "seconds_remaining")
_LOOKS_EVERY_SECONDS: Final = 10.0


class Limits:
    """``seconds`` in all, ``patience`` between two signs of life; None for any. ``is_over``: it was ended."""

    def __init__(self, end: Callable[[], None], *, seconds: float | None, patience: float | None) -> None:
        self.is_over = False
        self._end, self._patience = end, patience
        self._deadline = None if seconds is None else monotonic() + seconds
        self._heard, self._last = monotonic(), ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Limits":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def heard(self) -> None:
        """Something came."""
        self._heard = monotonic()

    def told(self, message: dict[str, Any]) -> None:
        """The same of a message; restic repeats how far it has come though it comes no further."""
        said = json.dumps({name: value for name, value in message.items() if name not in _CLOCKS})
        if said != self._last:
            self._last = said
            self.heard()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Who asked does something else meanwhile, which isn't restic's silence."""
        patience, self._patience = self._patience, None
        try:
            yield
        finally:
            self.heard()
            self._patience = patience

    def _watch(self) -> None:
        while not self._done.wait(min(max(0.0, self._left()), _LOOKS_EVERY_SECONDS)):
            if self._left() <= 0:
                self.is_over = True
                self._end()
                return

    def _left(self) -> float:
        patience, ends = self._patience, [inf]
        if self._deadline is not None:
            ends.append(self._deadline)
        if patience is not None:
            ends.append(self._heard + patience)
        return min(ends) - monotonic()
