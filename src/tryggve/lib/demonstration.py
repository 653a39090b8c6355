"""What each domain puts into a demo firm; a domain says so in its ``demo.py``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import translation

from tryggve.lib.folders import Folders

Country = Literal["SE", "DK"]


@dataclass(frozen=True)
class Order:
    """A demo firm to be furnished: where it is, how many customers it has, the accounts of who works there."""

    country: Country
    customers: int
    people: Sequence[UUID]
    actor: str
    at: datetime


Content = Callable[[Order], None]
Leftover = Callable[[Folders], None]

_SPOKEN: dict[Country, str] = {"SE": "sv", "DK": "da"}

_contents: list[Content] = []
_leftovers: list[Leftover] = []


def content(furnish: Content) -> Content:
    """Have this called for each demo firm that is made."""
    _contents.append(furnish)
    return furnish


def leftover(clear: Leftover) -> Leftover:
    """Have this called when a demo firm is thrown away, for what was put outside its folders."""
    _leftovers.append(clear)
    return clear


def clear_up(folders: Folders) -> None:
    """Nothing of a demo firm is left outside its folders."""
    for each in _leftovers:
        each(folders)


def furnish(order: Order) -> None:
    """Everything that every domain puts there, in the language of the country, whatever the terminal speaks."""
    with translation.override(_SPOKEN[order.country]):
        for each in _contents:
            each(order)
