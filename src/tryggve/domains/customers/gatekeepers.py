"""Who knows of people that no list may bring back: they objected, or were erased because they asked for it.

The domain that keeps the law registers itself, since this one knows nothing of it.
"""

from collections.abc import Callable, Collection, Set

Judge = Callable[[Collection[str]], Set[str]]
Gate = Callable[[], Judge | None]

_gates: list[Gate] = []


def gate(function: Gate) -> Gate:
    """Ask this before a list is compared: None while nobody is held back, else what tells who of many is.

    That is asked for e-mails, telephone and identity numbers as ``engine.known_by`` gives them, and answers with those
    of them that are held back.
    """
    _gates.append(function)
    return function


def judges() -> list[Judge]:
    """Those that hold somebody back now."""
    return [judge for one in _gates if (judge := one()) is not None]
