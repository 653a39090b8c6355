"""Whether what was brought to the places lies there still: asked of the places that answer, and nothing is read."""

from collections.abc import Iterator
from dataclasses import dataclass

from tryggve.domains.backups.models import Copy
from tryggve.domains.backups.restic import Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, of_restic


@dataclass(frozen=True, slots=True)
class StillThere:
    """How many newest copies are gone from where they were brought to, and what some place has now.

    ``may_have_keys``: also where a place of the keys doesn't answer. ``unreached``: how many copies couldn't be asked
    for. A disk that was carried away has what it had.
    """

    lost: int
    has_data: bool
    has_keys: bool
    may_have_keys: bool
    unreached: int


def look() -> StillThere:
    """Raises vault.Locked without the service key."""
    found = list(_asked())
    data, keys = ([lies for of, lies in found if of == kind] for kind in (Copy.Kind.DATA, Copy.Kind.KEYS))
    return StillThere(
        lost=[*data, *keys].count(False),
        has_data=True in data,
        has_keys=True in keys,
        may_have_keys=True in keys or None in keys,
        unreached=[*data, *keys].count(None),
    )


def _asked() -> Iterator[tuple[Copy.Kind, bool | None]]:
    """For each newest copy of a place whether it lies there; None where the place doesn't answer."""
    lying = Copy.objects.filter(forgotten_at=None).exclude(snapshot="").order_by("-run__began_at")
    for place in places.in_use():
        is_away = place.is_carried and place.is_away
        for kind, repository in ((Copy.Kind.DATA, place.data), (Copy.Kind.KEYS, place.keys)):
            newest = lying.filter(place=place.id, kind=kind).first()
            if repository is not None and newest is not None:
                yield kind, is_away or _lies(repository, newest)


def _lies(repository: Repository, copy: Copy) -> bool | None:
    try:
        return any(one.id.startswith(copy.snapshot) for one in repository.snapshots(tags=[copy.kind.lower()]))
    except ResticFailed as failed:
        return None if isinstance(of_restic(failed), CouldNotTest) else False
