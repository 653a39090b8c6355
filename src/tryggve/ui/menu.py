"""The menu: seven areas, in them what exists. A domain's ``menu.py`` calls ``register``.

>>> menu.register(area=menu.CUSTOMERS, label=_("All customers"), url_name="customers:list",
...               permission="customers.view", order=10)
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User


@dataclass(frozen=True)
class Area:
    """One of the words on top of every page."""

    code: str
    name: str | Promise


TODAY = Area("today", _("Today"))
CUSTOMERS = Area("customers", _("Customers"))
MEETINGS = Area("meetings", _("Meetings"))
PROTECTION = Area("protection", _("Protection"))
EVENTS = Area("events", _("Events"))
ROUTINES = Area("routines", _("Routines"))
COMPANY = Area("company", _("Company"))
AREAS = (TODAY, CUSTOMERS, MEETINGS, PROTECTION, EVENTS, ROUTINES, COMPANY)


@dataclass(frozen=True)
class Item:
    """A page in an area, shown to who has the permission; lower orders come first."""

    area: Area
    label: str | Promise
    url_name: str
    permission: str
    order: int

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Link:
    """One link of the menu; ``current`` is a value of aria-current, empty when one is elsewhere."""

    label: str
    address: str
    current: str


@dataclass(frozen=True)
class Shown:
    """The menu as one person sees it on one page: the areas, and the pages within the present one."""

    areas: tuple[Link, ...]
    pages: tuple[Link, ...]


class Menu:
    """A list of items. There is one, ``the_menu``; tests make their own."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def register(
        self, *, area: Area, label: str | Promise, url_name: str, permission: str, order: int = 100
    ) -> None:
        """Put a page in an area. Raises ValueError when it is there already."""
        if url_name in self._items:
            raise ValueError(f"{url_name} is in the menu already")
        self._items[url_name] = Item(area, label, url_name, permission, order)

    def items(self) -> list[Item]:
        """All of them, in the order in which they are shown."""
        return sorted(self._items.values(), key=lambda item: (AREAS.index(item.area), item.order))

    def first_for(self, user: User | AnonymousUser) -> str:
        """The address of the first page that this person may open. Raises PermissionDenied without one."""
        address = self.first_address(user)
        if address is None:
            raise PermissionDenied
        return address

    def first_address(self, user: User | AnonymousUser) -> str | None:
        """The same; None without one."""
        return next((item.address for item in self._permitted(user)), None)

    def shown(self, user: User | AnonymousUser, path: str) -> Shown:
        """What this person sees standing at ``path``."""
        items = self._permitted(user)
        here = _nearest(items, path)
        first = {item.area: item for item in reversed(items)}
        pages = [item for item in items if here and item.area == here.area]
        return Shown(
            areas=tuple(
                _link(first[area].address, str(area.name), path, is_here=bool(here and here.area == area))
                for area in AREAS
                if area in first
            ),
            pages=tuple(_link(item.address, str(item.label), path, is_here=item == here) for item in pages)
            if len(pages) > 1
            else (),
        )

    def _permitted(self, user: User | AnonymousUser) -> list[Item]:
        return [item for item in self.items() if permissions.may(user, item.permission)]


def _nearest(items: list[Item], path: str) -> Item | None:
    """The page whose address is the longest beginning of ``path``."""
    above = [
        item
        for item in items
        if item.address == path or (item.address != "/" and path.startswith(item.address))
    ]
    return max(above, key=lambda item: len(item.address), default=None)


def _link(address: str, label: str, path: str, *, is_here: bool) -> Link:
    return Link(label, address, ("page" if address == path else "true") if is_here else "")


the_menu = Menu()
register = the_menu.register
first_for = the_menu.first_for
first_address = the_menu.first_address
