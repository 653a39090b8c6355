"""What is done once with a register that was put back from a backup: it mustn't do again what was done since.

Whatever waited in the copy may have been done after it was made. Nobody can know, so a person decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Deed:
    """``do`` answers how many it was about, ``told`` says what became of them, with ``%(count)s`` in its place."""

    code: str
    told: StrOrPromise
    do: Callable[[datetime], int]


_deeds: dict[str, Deed] = {}


def after_restore(deed: Deed) -> Deed:
    """Have this done when a register was put back, before anybody is served; done again, it changes nothing more."""
    _deeds[deed.code] = deed
    return deed


def do_all(now: datetime) -> dict[str, int]:
    """Do each of them; how many each was about, by its code. Raises what a deed raises: half of it isn't enough."""
    return {deed.code: deed.do(now) for deed in _deeds.values()}


def in_words(counts: dict[str, int]) -> list[str]:
    """A sentence for each that was about anything."""
    return [str(deed.told) % {"count": counts[code]} for code, deed in _deeds.items() if counts.get(code)]
