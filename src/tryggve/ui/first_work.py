from collections.abc import Callable
from dataclasses import dataclass

from tryggve.accounts.models import User

CUSTOMERS = "customers"
WEBSITE = "website"


def _nothing(_user: User) -> str:
    return ""


@dataclass(frozen=True)
class FirstWork:
    """What a new company begins with in one step of its first start, and what is likely to be answered there."""

    url_name: str
    permission: str
    is_done: Callable[[], bool]
    suggested_to: Callable[[User], str] = _nothing


_offered: dict[str, FirstWork] = {}


def offer(
    *,
    url_name: str,
    permission: str,
    is_done: Callable[[], bool],
    step: str = CUSTOMERS,
    suggested_to: Callable[[User], str] = _nothing,
) -> None:
    """Be what a new company begins with in that step. Raises ValueError when another page is that already."""
    if step in _offered:
        raise ValueError(f"{_offered[step].url_name} is what a company begins with already")
    _offered[step] = FirstWork(url_name, permission, is_done, suggested_to)


def offered(step: str = CUSTOMERS) -> FirstWork | None:
    return _offered.get(step)
