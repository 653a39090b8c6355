"""The fastest finder of words that is installed."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from tryggve.domains.datamap.engine.words.word import Word, WordFinder

_FASTEST_FIRST: Final = ("hyperscan_finder", "re2_finder", "re_finder")


def _installed() -> Callable[[Sequence[Word]], WordFinder]:
    for name in _FASTEST_FIRST[:-1]:
        try:
            found: Callable[[Sequence[Word]], WordFinder] = import_module(f"{__package__}.{name}").Finder
        except ImportError:
            continue
        return found
    last: Callable[[Sequence[Word]], WordFinder] = import_module(f"{__package__}.{_FASTEST_FIRST[-1]}").Finder
    return last


Finder: Final = _installed()
