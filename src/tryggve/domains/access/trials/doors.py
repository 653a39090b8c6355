"""Every address of the product, as something that can be knocked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from tryggve.accounts import permissions
from tryggve.accounts.permissions import Permission

# What stands in an address for something that isn't there: who gets past the gate would find nothing.
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Door:
    """One address. ``path`` is empty where none could be built; ``asked`` is None where nobody declared it."""

    name: str
    path: str
    asked: Permission | None
    is_public: bool
    is_for_programs: bool

    @property
    def is_declared(self) -> bool:
        return self.is_public or self.asked is not None


def doors() -> list[Door]:
    """All of them, in the order in which addresses are looked up."""
    return list(_within(get_resolver(), space="", held={}))


def _within(resolver: URLResolver, *, space: str, held: Mapping[str, object]) -> Iterator[Door]:
    for entry in resolver.url_patterns:
        wanted = {**held, **{key: _sample(one) for key, one in entry.pattern.converters.items()}}
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _within(entry, space=inner, held=wanted)
        elif isinstance(entry, URLPattern) and entry.callback is not None:
            yield _door(entry, f"{space}{entry.name or ''}", wanted)


def _door(entry: URLPattern, name: str, wanted: Mapping[str, object]) -> Door:
    asked = permissions.asked_by(entry.callback, entry.name)
    return Door(
        name=name,
        path=_path(name, wanted),
        asked=permissions.declared().get(asked or ""),
        is_public=asked == permissions.PUBLIC,
        is_for_programs=permissions.is_for_programs(entry.callback),
    )


def _path(name: str, wanted: Mapping[str, object]) -> str:
    try:
        return reverse(name, kwargs=dict(wanted))
    except NoReverseMatch:
        return ""


def _sample(converter: object) -> object:
    if isinstance(converter, UUIDConverter):
        return UUID(int=0)
    return 0 if isinstance(converter, IntConverter) else getattr(converter, "nothing", _NOTHING)
