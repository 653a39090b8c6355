"""What a page asks of its visitor, told by each view and judged in one place.

Every view carries the name of one permission; a view without one is refused (and found at start-up).
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from tryggve.accounts.models import User

PUBLIC = "public"

_View = TypeVar("_View", bound=Callable[..., Any])

_declared: set[str] = {PUBLIC}

# Views of other packages, by the name of their address. One that isn't listed is refused.
FOREIGN_VIEWS = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
}


def declare(*names: str) -> None:
    """Make permissions known, ``area.verb``; a domain does so in its ``permissions.py``."""
    _declared.update(names)


def declared() -> frozenset[str]:
    return frozenset(_declared)


def permission(name: str) -> Callable[[_View], _View]:
    """Say what a view asks of its visitor."""

    def mark(view: _View) -> _View:
        view.permission = name  # type: ignore[attr-defined]  # a mark on a function
        return view

    return mark


def asked_by(view: Callable[..., Any], url_name: str | None) -> str | None:
    """The permission that a view asks for; None when nobody said, which means refuse."""
    own: str | None = getattr(getattr(view, "view_class", view), "permission", None)
    if own is None and url_name is not None and not view.__module__.startswith("tryggve."):
        return FOREIGN_VIEWS.get(url_name)
    return own


def may(user: User | AnonymousUser, name: str) -> bool:
    """Whether this person has that permission. Everyone who works here has all of them, so far."""
    return name == PUBLIC or (name in _declared and user.is_authenticated and user.is_active)


def views(resolver: URLResolver | None = None) -> Iterator[tuple[Callable[..., Any], str | None, str]]:
    """Every view of the product: the function, the name of its address, the address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        elif isinstance(entry, URLPattern) and entry.callback is not None:
            yield entry.callback, entry.name, str(entry.pattern)
