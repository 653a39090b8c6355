"""What an erasure tells of the places where its keys lay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django_stubs_ext import StrOrPromise

from tryggve.vault.key_places import KeyPlace


@dataclass(frozen=True, slots=True)
class Place:
    """One of them, and since when it is known that the keys are gone from there; None: not yet."""

    title: StrOrPromise
    gone_at: datetime | None


def noted_as(place: KeyPlace) -> str:
    """Under which name the outcome of an erasure holds when that was."""
    return f"gone_{place.code}"


def places_of(outcome: Mapping[str, str], places: Iterable[KeyPlace]) -> tuple[Place, ...]:
    """Each of these, which are asked for once for many erasures."""
    return tuple(Place(one.title, _moment(outcome.get(noted_as(one)))) for one in places)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
