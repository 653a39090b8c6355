"""The places where keys lie: one that was destroyed is gone for good when none of them holds it any more."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.lib import folders
from tryggve.vault.keystore import Keystore


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A place that holds the key store, or copies of it.

    ``holds_any`` tells whether any of these keys is in any of the copies there. It raises OSError or Locked where the
    place can't be asked now.
    """

    code: str
    title: StrOrPromise
    holds_any: Callable[[Collection[UUID]], bool]


Source = Callable[[], Iterable[KeyPlace]]

_places: dict[str, KeyPlace] = {}
_sources: list[Source] = []


def declare(place: KeyPlace) -> KeyPlace:
    """Have this place asked whether destroyed keys are gone from it, too."""
    _places[place.code] = place
    return place


def withdraw(place: KeyPlace) -> None:
    """It holds no keys any more."""
    del _places[place.code]


def provide(source: Source) -> Source:
    """Have this asked each time for places that aren't the same in every register, such as those in its database.

    A code that is already taken is the place's that came first.
    """
    _sources.append(source)
    return source


def withdraw_source(source: Source) -> None:
    """It isn't asked any more."""
    _sources.remove(source)


def key_places() -> list[KeyPlace]:
    """All of them, the key store in use first. Raises what a source raises."""
    found = dict(_places)
    for source in _sources:
        for place in source():
            found.setdefault(place.code, place)
    return list(found.values())


def _is_any_in_use(keys: Collection[UUID]) -> bool:
    return bool(Keystore(folders.current().keys).present(keys))


HERE = declare(KeyPlace("here", _("The key store on this computer"), _is_any_in_use))
