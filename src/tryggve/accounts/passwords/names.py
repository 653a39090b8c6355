"""What somebody tries first who knows whose password it is: the names of the person, the company and the product."""

import re
from collections.abc import Callable, Iterable

from tryggve.accounts.models import User
from tryggve.accounts.passwords.folding import folded

Names = Callable[[], Iterable[str]]

_SHORTEST = 3
_PRODUCT = "tryggve"
_sources: list[Names] = []


def close_by(function: Names) -> Names:
    """Register a function that yields names, in whatever spelling, that are tried first at this company."""
    _sources.append(function)
    return function


def words_close_by(user: User | None) -> frozenset[str]:
    """The folded words of all those names that have three letters or more."""
    names = [_PRODUCT, *(name for function in _sources for name in function())]
    if user is not None:
        names += [user.name, user.email]
    words = (word for name in names for word in re.findall(r"[^\W_]+", folded(name)))
    return frozenset(word for word in words if len(word) >= _SHORTEST)
