"""Folders of the company's own that are backed up, too: added, removed, taken back."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Folder
from tryggve.domains.backups.own_folders import apart, sealed_paths, told_paths
from tryggve.domains.backups.selectors import folders as selectors
from tryggve.domains.backups.selectors import places
from tryggve.lib import folders
from tryggve.lib.errors import Missing, Refusal

MOST: Final = 20


class WholeComputer(Refusal):
    """It holds the system, too."""

    sentence: ClassVar = _(
        "That is the whole computer. Nothing was changed. Choose the folders in which your files are."
    )


class OfTryggve(Refusal):
    """Tryggve's own files lie there, which are copied as they must be: apart, and the keys apart from the data."""

    sentence: ClassVar = _(
        "Tryggve's own data or keys lie there, which are copied by themselves. Nothing was changed. Choose a folder "
        "without them."
    )


class OfTheSystem(Refusal):
    """What lies there opens something, and would lie in the copies for years."""

    sentence: ClassVar = _(
        "The computer's own files and keys lie there, which aren't files of the company's. Nothing was changed. Choose "
        "the folder in which your files are."
    )


class OfAPlace(Refusal):
    """The copies would be copied."""

    sentence: ClassVar = _(
        "Your backups lie there, and would be copied into themselves. Nothing was changed. Choose another folder."
    )


class Nested(Refusal):
    """It would be copied twice."""

    sentence: ClassVar = _(
        "That folder lies in one that is backed up already, or the other way about. Nothing was changed. Take the "
        "other one away first, if you want this one instead."
    )


class TooManyFolders(Refusal):
    """A page wouldn't show them, nor a night copy them."""

    sentence: ClassVar = _(
        "Tryggve backs up at most %(most)s folders. Nothing was changed. Choose one that holds several of them."
    )


class NoSuchFolder(Missing):
    """It isn't backed up, or can't be taken back any more."""


@transaction.atomic
def add(*, told: str, actor: str, at: datetime) -> UUID:
    """Back this folder up from the next run on.

    Raises as told_paths.folder_at, WholeComputer, OfTryggve, OfTheSystem, OfAPlace, Nested, TooManyFolders and
    vault.Locked.
    """
    path = told_paths.folder_at(told)
    _require_apart(path)
    row = Folder.objects.create(path_sealed=sealed_paths.sealed(path), added_at=at)
    audit.record(actions.FOLDER_ADDED, actor=actor, at=at, folder=str(row.pk))
    return row.pk


@transaction.atomic
def remove(*, folder: UUID, actor: str, at: datetime) -> None:
    """Copy it no more; older copies stay, and it can be taken back for 30 days. Raises NoSuchFolder."""
    if not Folder.objects.filter(pk=folder, removed_at=None).update(removed_at=at):
        raise NoSuchFolder(folder)
    Folder.objects.filter(removed_at__lte=at - selectors.UNDO).delete()
    audit.record(actions.FOLDER_REMOVED, actor=actor, at=at, folder=str(folder))


@transaction.atomic
def restore(*, folder: UUID, actor: str, at: datetime) -> None:
    """Back it up again. Raises NoSuchFolder, and as add but for what lies in it."""
    row = Folder.objects.select_for_update().filter(pk=folder, removed_at__gt=at - selectors.UNDO).first()
    if row is None:
        raise NoSuchFolder(folder)
    _require_apart(sealed_paths.opened(row.path_sealed))
    # As if it were new: what it brings is nothing unusual.
    row.added_at, row.removed_at = at, None
    row.save(update_fields=["added_at", "removed_at"])
    audit.record(actions.FOLDER_ADDED, actor=actor, at=at, folder=str(folder))


def _require_apart(path: Path) -> None:
    if path == Path(path.anchor):
        raise WholeComputer
    here = folders.current()
    if apart.touch([path], (here.data, here.config)) or apart.holds_what_opens_tryggve(path):
        raise OfTryggve
    if apart.is_of_the_system(path):
        raise OfTheSystem
    if apart.touch([path], _folders_of_places()):
        raise OfAPlace
    kept = selectors.paths()
    if apart.touch([path], kept):
        raise Nested
    if len(kept) >= MOST:
        raise TooManyFolders(most=MOST)


def _folders_of_places() -> Iterable[Path]:
    """Also of those that were removed while copies of the keys may lie there."""
    return [path for one in (*places.in_use(), *places.removed_with_keys()) for path in one.folders_here]
