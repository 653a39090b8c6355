"""Where the copies are, as it may stand on paper: no password and nothing else that lets in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.selectors.places import PlaceInUse


@dataclass(frozen=True, slots=True)
class Told:
    """One place; ``location`` is what ``restore`` takes."""

    title: str
    kind: str
    holds_data: bool
    holds_keys: bool
    is_elsewhere: bool
    country: str
    location: str


def told(one: PlaceInUse) -> Told:
    return Told(
        one.title,
        str(Place.Kind(one.kind).label),
        one.holds_data,
        one.holds_keys,
        one.is_elsewhere,
        one.country,
        _LOCATIONS[one.kind](one.access),
    )


def _as_it_is(access: Access) -> str:
    return access.location


def _sftp(access: Access) -> str:
    """Tryggve's own names the computer in a file, which is gone then."""
    return "sftp://{user}@{host}:{port}/{path}".format_map(access.details)


def _rest(access: Access) -> str:
    """Without the name and the password that it is reached with."""
    return f"rest:{access.details['address']}"


_LOCATIONS: Final[Mapping[str, Callable[[Access], str]]] = {
    Place.Kind.FOLDER: _as_it_is,
    Place.Kind.SFTP: _sftp,
    Place.Kind.S3: _as_it_is,
    Place.Kind.REST: _rest,
    Place.Kind.RCLONE: _as_it_is,
}
