"""The firm's own files as one copy holds them: folder by folder, or by name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.restic import Listed, NoRepository, Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.copies import NoSuchCopy
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.lib.errors import Missing, Refusal

# A page that holds more is no page to look through.
MOST: Final = 1000
MOST_FOUND: Final = 200


class NoSuchFile(Missing):
    """The copy holds none of that path."""


class CopyOutOfReach(Refusal):
    """No place that holds it answers."""

    sentence: ClassVar = _(
        "None of the places that hold this copy can be reached now. Nothing was changed. Attach the disk or wait for "
        "the place to answer, then try again."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A snapshot of the firm's folders in a place; ``roots`` are the folders that it was taken of."""

    place_title: str
    repository: Repository
    snapshot: str
    roots: Sequence[str]
    taken_at: datetime

    def holds(self, path: str) -> bool:
        return any(path == root or path.startswith(f"{root}/") for root in self.roots)


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder, folders first; ``has_more`` than are shown."""

    place_title: str
    path: str
    above: Sequence[str]
    files: Sequence[Listed]
    has_more: bool = False


def source(run: UUID) -> Source:
    """Where to read it from: a folder or disk before what lies far away.

    Raises NoSuchCopy where the run has no folders of the firm's, CopyOutOfReach, vault.Locked.
    """
    rows = Copy.objects.filter(run=run, kind=Copy.Kind.FOLDERS, forgotten_at=None, place__removed_at=None)
    snapshots = dict(rows.exclude(snapshot="").values_list("place", "snapshot"))
    if not snapshots:
        raise NoSuchCopy(run)
    held = [one for one in places.in_use() if one.id in snapshots]
    for one in sorted(held, key=lambda place: place.kind != Place.Kind.FOLDER):
        with suppress(ResticFailed):
            if (repository := one.data) is not None:
                return _opened(one, repository.brief(), snapshots[one.id])
    raise CopyOutOfReach


def listing(run: UUID, path: str) -> Listing:
    """What lies in that folder of the copy; the firm's folders themselves for no path.

    Raises as source, and NoSuchFile.
    """
    read = source(run)
    if not path:
        return Listing(
            read.place_title, "", (), [Listed(root, True, 0, read.taken_at) for root in read.roots]
        )
    there = _there(read, path)
    if path not in {one.path for one in there if one.is_folder}:
        raise NoSuchFile
    inside = [one for one in there if one.path.rpartition("/")[0] == path]
    shown = sorted(inside, key=lambda one: (not one.is_folder, one.name.casefold()))
    return Listing(read.place_title, path, _above(read, path), shown[:MOST], len(shown) > MOST)


def found(run: UUID, text: str) -> Listing:
    """Files and folders whose names hold that text, whatever its case. Raises as source."""
    read, wanted = source(run), text.casefold()
    with _within_reach():
        everything = read.repository.list_files(read.snapshot)
        named = (one for one in everything if wanted in one.name.casefold() and read.holds(one.path))
        hits = list(islice(named, MOST_FOUND + 1))
    return Listing(read.place_title, "", (), hits[:MOST_FOUND], len(hits) > MOST_FOUND)


def file(run: UUID, path: str) -> tuple[Source, Listed]:
    """One file of the copy. Raises as source, and NoSuchFile."""
    read = source(run)
    one = next((one for one in _there(read, path.rpartition("/")[0]) if one.path == path), None)
    if one is None or one.is_folder:
        raise NoSuchFile
    return read, one


def _opened(place: PlaceInUse, repository: Repository, snapshot: str) -> Source:
    lies = next((one for one in repository.snapshots() if one.id.startswith(snapshot)), None)
    if lies is None:
        raise NoRepository
    return Source(place.title, repository, lies.id, lies.paths, lies.taken_at)


def _there(read: Source, folder: str) -> Sequence[Listed]:
    """What lies in that folder of the firm's, and the folder itself. Raises NoSuchFile outside of them."""
    if not read.holds(folder):
        raise NoSuchFile
    with _within_reach():
        return list(read.repository.list_files(read.snapshot, folder))


def _above(read: Source, path: str) -> Sequence[str]:
    """The folders that it lies in, from the firm's own down to itself."""
    root = max((one for one in read.roots if path == one or path.startswith(f"{one}/")), key=len)
    steps = path[len(root) :].split("/")
    return [root + "/".join(steps[:count]) for count in range(1, len(steps) + 1)]


@contextmanager
def _within_reach() -> Iterator[None]:
    try:
        yield
    except ResticFailed:
        raise CopyOutOfReach from None
