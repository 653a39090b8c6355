"""Places that are looked through: added, changed, taken away and taken back."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.datamap import actions, index_file
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.origins.mailbox import Access, Mailbox
from tryggve.domains.datamap.source_details import KEPT, Told, opened, sealed
from tryggve.lib.errors import Missing, Refusal
from tryggve.lib.ids import new_id

MOST: Final = 50
# Somebody waits for the page meanwhile.
_TRIED_SECONDS: Final = 20


class NoSuchSource(Missing):
    """There is no such source, or not any more."""


class NothingThere(Refusal):
    sentence: ClassVar = _("Tryggve finds no folder there: %(path)s. Nothing was added.")


class AddedAlready(Refusal):
    sentence: ClassVar = _("That place is looked through already. Nothing was added.")


class TooMany(Refusal):
    sentence: ClassVar = _("No more than %(most)d places can be looked through. Take one away first.")


def add_folder(*, told: Told, is_watched: bool, actor: str, at: datetime) -> Source:
    """Raises NothingThere, AddedAlready, TooMany and vault.Locked."""
    folder = Path(told.where).expanduser()
    if not folder.is_absolute() or not folder.is_dir():
        raise NothingThere(path=told.where)
    return _add(Source.Kind.FOLDER, told, is_watched=is_watched, actor=actor, at=at)


def add_mailbox(*, told: Told, is_watched: bool, actor: str, at: datetime) -> Source:
    """Tried first, by looking which folders it has. Raises origins.Unreachable, AddedAlready, TooMany, vault.Locked."""
    _try(told)
    return _add(Source.Kind.MAILBOX, told, is_watched=is_watched, actor=actor, at=at)


def _try(told: Told) -> None:
    with Mailbox(Access.told(told.mailbox), leave_out=told.leave_out, seconds=_TRIED_SECONDS) as mailbox:
        mailbox.folders()


def change(*, source: UUID, told: Told, is_watched: bool, actor: str, at: datetime) -> None:
    """What it is called and what of it is looked at; of a mailbox also how to get in, which is tried first.

    Raises NoSuchSource, origins.Unreachable, vault.CannotOpen and vault.Locked; then nothing is changed.
    """
    row = known_source(source)
    if told.mailbox and told.mailbox != opened(row).mailbox:
        _try(told)
    with transaction.atomic():
        changed = Source.objects.filter(pk=source, removed_at=None).update(
            told_sealed=sealed(row.pk, row.key_ref, told), is_watched=is_watched
        )
        if not changed:
            raise NoSuchSource(source)
        audit.record(actions.SOURCE_CHANGED, actor=actor, at=at, source=str(source))


def known_source(source: UUID) -> Source:
    """Raises NoSuchSource."""
    row = Source.objects.filter(pk=source, removed_at=None).first()
    if row is None:
        raise NoSuchSource(source)
    return row


def _add(kind: Source.Kind, told: Told, *, is_watched: bool, actor: str, at: datetime) -> Source:
    there = list(Source.objects.filter(removed_at=None))
    if len(there) >= MOST:
        raise TooMany(most=MOST)
    if any(opened(one).where == told.where and one.kind == kind for one in there):
        raise AddedAlready
    id = new_id()
    [key] = vault.keyring().create_keys([id])
    row = Source(
        id=id, kind=kind, key_ref=key, told_sealed=sealed(id, key, told), is_watched=is_watched, added_at=at
    )
    with transaction.atomic():
        row.save(force_insert=True)
        audit.record(actions.SOURCE_ADDED, actor=actor, at=at, source=str(id), kind=kind.lower())
    return row


@transaction.atomic
def remove(*, source: UUID, actor: str, at: datetime) -> None:
    """It isn't looked through any more; what was found there is kept for 30 days, in which it can be taken back."""
    if not Source.objects.filter(pk=source, removed_at=None).update(removed_at=at):
        raise NoSuchSource(source)
    audit.record(actions.SOURCE_REMOVED, actor=actor, at=at, source=str(source))


@transaction.atomic
def restore(*, source: UUID, actor: str, at: datetime) -> None:
    if not Source.objects.filter(pk=source, removed_at__gt=at - KEPT).update(removed_at=None):
        raise NoSuchSource(source)
    audit.record(actions.SOURCE_RESTORED, actor=actor, at=at, source=str(source))


def destroy_removed(*, at: datetime) -> int:
    """What was found in sources that were taken away long ago is readable by nobody from now on; how many these are."""
    gone = list(Source.objects.filter(removed_at__lte=at - KEPT))
    for row in gone:
        index_file.forget(File.objects.filter(source=row).values_list("pk", flat=True))
        vault.keyring().destroy_keys([row.key_ref])
        row.delete()
    return len(gone)
