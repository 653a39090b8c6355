"""The places with data that the copy of the keys names: which answer, and which copies they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy

from tryggve.domains.backups.engine import lineage, manifest
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Repository, ResticFailed, Snapshot
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.restoring import silence, told_places
from tryggve.lib.errors import Refusal

_MANIFEST: Final = "/backups/copy/manifest.json"


class NoSuchCopy(Refusal):
    sentence = gettext_lazy(
        "There is no copy of the data of then in that place. Nothing was changed. Leave --at and --snapshot out for "
        "the newest, or name another day."
    )


class NoDataAnswer(Refusal):
    sentence = gettext_lazy(
        "No place with a copy of the data answers. Nothing was changed. Plug in the disk or connect the network, or "
        "name the place with --data-place, and try again."
    )


class NewerCopy(Refusal):
    sentence = gettext_lazy(
        "This copy was made by a newer Tryggve (%(program)s) than the one that you have here. Nothing was changed. "
        "Install the newest version of Tryggve, and try again."
    )


class CopyDamaged(Refusal):
    sentence = gettext_lazy(
        "This copy of the data is damaged. Nothing was lost. Take the one before it with --at, or one from another "
        "place."
    )


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A place with data as the copy of the keys tells of it, and its repository where that lies now."""

    place: PlaceInUse
    repository: Repository = field(repr=False)

    @property
    def title(self) -> str:
        return self.place.title


@dataclass(frozen=True, slots=True)
class Answer:
    """What a place answers: its copies of the data, the oldest first, or why it can't be used."""

    place: DataPlace
    copies: Sequence[Snapshot] = ()
    cause: str = ""


@dataclass(frozen=True, slots=True)
class DataCopy:
    """One copy of the data, and what was written down in it."""

    place: DataPlace
    snapshot: Snapshot
    manifest: Manifest = field(repr=False)


def places_in(told: Iterable[Mapping[str, Any]], *, cache: Path) -> list[DataPlace]:
    """Those that hold data, the farthest first: what burnt or was stolen with the computer answers last."""
    found = [place for one in told if (place := _place(one, cache)) is not None]
    return sorted(
        found,
        key=lambda one: (
            not one.place.is_elsewhere,
            not one.place.is_other_computer,
            not one.place.is_carried,
        ),
    )


def ask(place: DataPlace) -> Answer:
    """What lies there now."""
    try:
        return Answer(place, _copies(place.repository))
    except ResticFailed as failed:
        return Answer(place, cause=silence.cause_in_words(failed))


def moved(where: Access, known: Sequence[DataPlace]) -> Answer:
    """A place that lies elsewhere now, such as a disk that was plugged in at another path. Raises PlaceSilent."""
    last = ResticFailed()
    usual = where.data().place
    for one in known:
        for place in (usual, replace(usual, location=where.location)):
            here = replace(one, repository=replace(one.repository, place=place))
            try:
                return Answer(here, _copies(here.repository))
            except ResticFailed as failed:
                last = failed
    raise silence.PlaceSilent.of(last)


def choose(answer: Answer, *, snapshot: str = "", at: datetime | None = None) -> DataCopy:
    """The newest copy there, or that one, or the newest of then; with what it says of itself.

    Raises NoSuchCopy, NewerCopy, CopyDamaged, PlaceSilent.
    """
    fitting = [
        one for one in answer.copies if one.id.startswith(snapshot) and (at is None or one.taken_at <= at)
    ]
    if not fitting:
        raise NoSuchCopy
    chosen = fitting[-1]
    try:
        found = manifest.read(answer.place.repository.dump(chosen.id, _MANIFEST))
    except manifest.NotAManifest:
        raise CopyDamaged from None
    except manifest.NewerManifest:
        raise NewerCopy(program="?") from None
    except ResticFailed as failed:
        raise silence.PlaceSilent.of(failed) from None
    if any(_is_unknown(found.migrations)):
        raise NewerCopy(program=found.program)
    return DataCopy(answer.place, chosen, found)


def folders_of(copy: DataCopy) -> Snapshot | None:
    """The copy of the company's own folders that lies beside this one, or else the newest before it."""
    found = copy.place.repository.snapshots(tags=["folders"])
    same = [one for one in found if f"pair={copy.manifest.pair.hex}" in one.tags]
    before = [one for one in found if one.taken_at <= copy.snapshot.taken_at]
    return next(reversed(same or before), None)


def _copies(repository: Repository) -> list[Snapshot]:
    """Those of the computer that had the register last come last, whatever a lost one brought that turned up since."""
    return sorted(
        repository.snapshots(tags=["data"]), key=lambda one: lineage.standing(one.tags, one.taken_at)
    )


def _is_unknown(migrations: Sequence[str]) -> Iterator[bool]:
    known = set(MigrationLoader(None).disk_migrations)
    return ((app, name) not in known for app, _dot, name in (one.partition(".") for one in migrations))


def _place(told: Mapping[str, Any], cache: Path) -> DataPlace | None:
    place = told_places.place(told)
    repository = told_places.repository(place.data, cache)
    return None if repository is None else DataPlace(place, repository)
