from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FirstWork:
    """What a new company begins with, as the last step of its first start."""

    url_name: str
    permission: str
    is_done: Callable[[], bool]


_offered: list[FirstWork] = []


def offer(*, url_name: str, permission: str, is_done: Callable[[], bool]) -> None:
    """Be what a new company begins with. Raises ValueError when another page is that already."""
    if _offered:
        raise ValueError(f"{_offered[0].url_name} is what a company begins with already")
    _offered.append(FirstWork(url_name, permission, is_done))


def offered() -> FirstWork | None:
    return _offered[0] if _offered else None
