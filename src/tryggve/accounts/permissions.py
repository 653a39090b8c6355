"""What a page, a verb or a job asks of who comes: a name, the area it lies in, and what else it takes.

Every view carries the name of one permission; a view without one is refused (and found at start-up).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level

PUBLIC = "public"

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that may be asked for.

    ``step_up``: only shortly after the second factor was used. ``before_second_factor``: also by who has signed in
    with a password alone, to set one up.
    """

    name: str
    area: Area
    level: Level
    step_up: bool = False
    before_second_factor: bool = False


_declared: dict[str, Permission] = {}

# Views of other packages, by the name of their address. One that isn't listed is refused.
FOREIGN_VIEWS = {
    "account_logout": PUBLIC,
}


def declare(
    *names: str,
    area: Area,
    level: Level = Level.CHANGE,
    step_up: bool = False,
    before_second_factor: bool = False,
) -> None:
    """Make permissions known, ``domain.verb``; a domain does so in its ``permissions.py``."""
    for name in names:
        _declared[name] = Permission(name, area, level, step_up, before_second_factor)


def declared() -> Mapping[str, Permission]:
    """Every permission but PUBLIC, by its name."""
    return MappingProxyType(_declared)


def is_known(name: str | None) -> bool:
    """Whether a view may ask for that."""
    return name == PUBLIC or name in _declared


def permission(name: str, *, for_programs: bool = False) -> Callable[[_View], _View]:
    """Say what a view asks of its visitor; one for programs is opened by a token alone, never by a session."""

    def mark(view: _View) -> _View:
        view.permission = name  # type: ignore[attr-defined]  # marks on a function
        view.for_programs = for_programs  # type: ignore[attr-defined]
        if for_programs:
            # No cookie opens it, so no other page can send it in somebody's name.
            view.csrf_exempt = True  # type: ignore[attr-defined]
        return view

    return mark


def is_for_programs(view: Callable[..., Any]) -> bool:
    """Whether the view is part of the API."""
    return bool(getattr(view, "for_programs", False))


def asked_by(view: Callable[..., Any], url_name: str | None) -> str | None:
    """The permission that a view asks for; None when nobody said, which means refuse."""
    own: str | None = getattr(getattr(view, "view_class", view), "permission", None)
    if own is None and url_name is not None and not view.__module__.startswith("tryggve."):
        return FOREIGN_VIEWS.get(url_name)
    return own


def may(user: User | AnonymousUser, name: str) -> bool:
    """Whether this person's role opens that, whatever else is asked on the way: what isn't open isn't shown."""
    if name == PUBLIC:
        return True
    asked = _declared.get(name)
    if asked is None or not isinstance(user, User) or not user.is_active:
        return False
    return user.level_in(asked.area) >= asked.level


def views(resolver: URLResolver | None = None) -> Iterator[tuple[Callable[..., Any], str | None, str]]:
    """Every view of the product: the function, the name of its address, the address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        elif isinstance(entry, URLPattern) and entry.callback is not None:
            yield entry.callback, entry.name, str(entry.pattern)
