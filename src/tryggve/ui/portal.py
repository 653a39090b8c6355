"""The pages of a customer's own, in their order. A domain's ``menu.py`` calls ``register``.

>>> portal.register(label=_("My data"), url_name="portal:data", order=20)
"""

from dataclasses import dataclass

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from tryggve.ui.menu import Link


@dataclass(frozen=True, slots=True)
class Page:
    """A page that each customer sees; lower orders come first."""

    label: StrOrPromise
    url_name: str
    order: int


_pages: dict[str, Page] = {}


def register(*, label: StrOrPromise, url_name: str, order: int) -> None:
    """Put a page into the customers' menu. Raises ValueError when it is there already."""
    if url_name in _pages:
        raise ValueError(f"{url_name} is in the customers' menu already")
    _pages[url_name] = Page(label, url_name, order)


def links(path: str) -> list[Link]:
    """The menu as it stands on the page at that path."""
    found = [(one, reverse(one.url_name)) for one in sorted(_pages.values(), key=lambda one: one.order)]
    return [Link(str(one.label), address, "page" if address == path else "") for one, address in found]
