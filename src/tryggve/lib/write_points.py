"""Places in a write where a test may cut the power. In the product they do nothing."""

from collections.abc import Callable

_cut: Callable[[str], None] | None = None


def reached(name: str) -> None:
    """Called right after something was written that what follows depends on."""
    if _cut is not None:
        _cut(name)


def cut_with(cut: Callable[[str], None] | None) -> None:
    """Let a test be asked at each point."""
    global _cut
    _cut = cut
