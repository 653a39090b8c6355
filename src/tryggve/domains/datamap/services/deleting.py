"""A file with personal data is deleted: first a sealed copy that can be had back for a while, then the file, then the
receipt. Cut anywhere, the file is there, or the copy is."""

import os
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.datamap import actions, index_file, known, sealing
from tryggve.domains.datamap.known import Place
from tryggve.domains.datamap.models import File, SafeCopy
from tryggve.domains.datamap.services import exact_files, putting_back
from tryggve.lib import folders, write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

KEPT: Final = timedelta(days=30)
_STRAY_FOR: Final = timedelta(days=1)


class CannotDelete(Refusal):
    sentence: ClassVar = _(
        "This computer doesn't let Tryggve delete the file: whoever may must do it. Nothing was changed."
    )


def folder() -> Path:
    """Where the sealed bytes lie."""
    return folders.current().files / "safe-copies"


def delete(*, file: UUID, actor: str, at: datetime) -> SafeCopy:
    """Raises NoSuchFile, NotAFile, Changed, CannotDelete, vault.FileNotKept, vault.CannotOpen and vault.Locked."""
    row, place = exact_files.on_disk(file)
    require_deletable(place)
    copy = _copied(row, place, actor, at)
    write_points.reached("datamap: copy kept, file there")
    try:
        _unlink(place)
    except (exact_files.Changed, CannotDelete):
        _take_back(copy)
        raise
    return _gone(copy, at=at)


def finish_begun(*, at: datetime) -> None:
    """What was cut off between the copy and the file is done to its end. Raises vault.Locked."""
    for copy in SafeCopy.objects.filter(state=SafeCopy.State.DELETING):
        with suppress(vault.CannotOpen, exact_files.CannotRead):
            _finish(copy, _place_of(copy), at=at)
    _remove_strays(at)


def _finish(copy: SafeCopy, place: Place, *, at: datetime) -> None:
    """Where another file lies there by now, that one stays, and what was copied is had from the copy alone."""
    try:
        _unlink(place)
    except CannotDelete:
        _take_back(copy)
        return
    except exact_files.Changed:
        pass
    _gone(copy, at=at)


def have_back(*, copy: UUID, actor: str, at: datetime) -> Path:
    """Put it where it lay. Raises NoSuchFile, vault.CannotOpen and Locked, and as ``putting_back``."""
    row = SafeCopy.objects.filter(pk=copy, state=SafeCopy.State.KEPT).first()
    if row is None:
        raise known.NoSuchFile(copy)
    path = Path(_place_of(row).path)
    putting_back.write(row.pk, folder() / row.pk.hex, str(path))
    write_points.reached("datamap: file back, copy kept")
    with transaction.atomic():
        SafeCopy.objects.filter(pk=copy).update(state=SafeCopy.State.BACK)
        audit.record(actions.FILE_HAD_BACK, actor=actor, at=at, copy=str(copy))
    write_points.reached("datamap: file back, key there")
    _let_go(row)
    return path


def destroy_due(*, at: datetime) -> int:
    """Copies whose time is over are readable by nobody from now on; how many these are. Raises vault.Locked."""
    for row in SafeCopy.objects.filter(state=SafeCopy.State.BACK, key_ref__isnull=False):
        _let_go(row)
    due = list(SafeCopy.objects.filter(state=SafeCopy.State.KEPT, destroys_at__lte=at))
    for row in due:
        _let_go(row)
        write_points.reached("datamap: key destroyed, receipt not written")
        with transaction.atomic():
            SafeCopy.objects.filter(pk=row.pk).update(
                state=SafeCopy.State.DESTROYED, destroyed_at=at, key_ref=None, told_sealed=None
            )
            audit.record(actions.COPY_DESTROYED, actor=row.deleted_by, at=at, copy=str(row.pk))
    return len(due)


def _copied(row: File, place: Place, actor: str, at: datetime) -> SafeCopy:
    id = new_id()
    ring = vault.keyring()
    [key] = ring.create_keys([id])
    told = ring.seal(sealing.to_bytes(asdict(place)), key=key, bound_to=sealing.receipt_binding(id))
    folder().mkdir(mode=0o700, exist_ok=True)
    with exact_files.opened(place) as held, os.fdopen(os.dup(held), "rb") as source:
        vault.seal_file(source, folder() / id.hex, key=key, bound_to=sealing.copy_binding(id))
    return SafeCopy.objects.create(
        id=id, source=row.source, file_ref=row.pk, key_ref=key, told_sealed=told, counts=row.counts,
        persons=row.persons, deleted_by=actor, deleted_at=at, destroys_at=at + KEPT,
    )  # fmt: skip


def _gone(copy: SafeCopy, *, at: datetime) -> SafeCopy:
    """Once, also where the routine and whoever asked for it come to it at the same time."""
    write_points.reached("datamap: file gone, receipt not written")
    index_file.forget([copy.file_ref])
    with transaction.atomic():
        deleting = SafeCopy.objects.filter(pk=copy.pk, state=SafeCopy.State.DELETING)
        copy.state = SafeCopy.State.KEPT
        if not deleting.update(state=SafeCopy.State.KEPT):
            return copy
        File.objects.filter(pk=copy.file_ref).update(
            state=File.State.GONE, found_sealed=None, counts={}, persons=0, risk=0, is_holding=False
        )
        audit.record(
            actions.FILE_DELETED, actor=copy.deleted_by, at=at, copy=str(copy.pk), persons=copy.persons
        )
    return copy


def require_deletable(place: Place) -> None:
    with exact_files.opened(place), exact_files.folder_of(place.path) as (folder, _name):
        if not os.access(".", os.W_OK, dir_fd=folder):
            raise CannotDelete


def _unlink(place: Place) -> None:
    """Where nothing lies any more, there is nothing to do. Raises Changed and CannotDelete."""
    try:
        with exact_files.folder_of(place.path) as (folder, name):
            if not exact_files.is_same(os.stat(name, dir_fd=folder, follow_symlinks=False), place):
                raise exact_files.Changed
            os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return
    except OSError as failed:
        raise (exact_files.Changed if exact_files.is_another(failed) else CannotDelete) from None


def _place_of(copy: SafeCopy) -> Place:
    said = vault.keyring().open(bytes(copy.told_sealed or b""), bound_to=sealing.receipt_binding(copy.pk))
    return Place(**sealing.from_bytes(said))


def _take_back(copy: SafeCopy) -> None:
    """The file is there, so nothing of the copy stays."""
    _destroy(copy)
    copy.delete()


def _let_go(copy: SafeCopy) -> None:
    _destroy(copy)
    SafeCopy.objects.filter(pk=copy.pk).update(key_ref=None, told_sealed=None)


def _destroy(copy: SafeCopy) -> None:
    if copy.key_ref is not None:
        vault.keyring().destroy_keys([copy.key_ref])
    (folder() / copy.pk.hex).unlink(missing_ok=True)


def _remove_strays(at: datetime) -> None:
    """Bytes of copies that were cut off before they were written down: their keys are collected after a day, too."""
    rows = {id.hex for id in SafeCopy.objects.values_list("pk", flat=True)}
    for stray in folder().glob("*"):
        if stray.name not in rows and stray.stat().st_mtime < (at - _STRAY_FOR).timestamp():
            stray.unlink(missing_ok=True)
