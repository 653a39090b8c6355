"""Backups of a demo firm: a place and papers in a folder beside its own, and two backups of others.

The worker takes the first pair, so that nobody waits for it.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import services as audit
from tryggve.domains.backups import actions, place_access, place_marks
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import ResticFailed
from tryggve.domains.backups.services import folders as own_folders
from tryggve.domains.backups.services import heartbeats, pairs
from tryggve.domains.backups.services.places import repositories
from tryggve.lib import demonstration
from tryggve.lib import folders as folder
from tryggve.lib.demonstration import Order
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

_MONTHS: Final = 12
_LONG_AGO: Final = timedelta(days=60)


@demonstration.content
def backups(order: Order) -> None:
    """Without a place where there is no restic, and without anything beside where nothing can be written."""
    _watch_others(order)
    beside = _beside(folder.current())
    try:
        _make(beside)
        _keep_papers(beside, order)
        _add_place(beside, order)
    except (OSError, ResticFailed, Refusal):
        return


@demonstration.leftover
def clear(folders: Folders) -> None:
    """Its copies and papers, which lie beside; nothing that somebody else put there."""
    beside = _beside(folders)
    if _mark(beside).is_file():
        shutil.rmtree(beside)


def _watch_others(order: Order) -> None:
    """One that called this morning, and one that fell silent three weeks ago."""
    for title, every_days, ago in (
        (_("The laptop at the workshop"), 1, timedelta(hours=5)),
        (_("The telephone's pictures"), 7, timedelta(days=21)),
    ):
        _id, secret = heartbeats.add_address(
            title=title, every_days=every_days, actor=order.actor, at=order.at - _LONG_AGO
        )
        heartbeats.hear(secret, at=order.at - ago)


def _make(beside: Path) -> None:
    """Raises FileExistsError for a folder that is somebody else's, and OSError."""
    clear(folder.current())
    beside.mkdir(mode=0o700)
    _mark(beside).touch(mode=0o600)


def _keep_papers(beside: Path, order: Order) -> None:
    papers = beside / _("Bookkeeping")
    papers.mkdir()
    for ago in range(_MONTHS):
        month = _month_before(timezone.localdate(order.at), ago)
        lines = (
            f"{month.replace(day=day)};{(day * 137 + ago * 91) % 4000 + 120}.00" for day in range(1, 28, 3)
        )
        (papers / f"{month:%Y-%m}.csv").write_text("\n".join(lines) + "\n")
    own_folders.add(told=str(papers), actor=order.actor, at=order.at)


def _add_place(beside: Path, order: Order) -> None:
    disk = beside / "disk"
    disk.mkdir()
    access = repositories.with_passwords(Access(str(disk)), taken_up_with="")
    # The trial of a real place takes longer than all the rest of a demo.
    access.data().make()
    access.keys().make()
    row = Place.objects.create(
        kind=Place.Kind.FOLDER,
        title=_("The disk in the office"),
        holds_data=True,
        holds_keys=True,
        access_sealed=place_access.sealed(access),
        added_at=order.at,
        seen_at=order.at,
    )
    place_marks.write(disk, row.pk)
    audit.record(
        actions.PLACE_ADDED, actor=order.actor, at=order.at, place=str(row.pk), kind=row.kind.lower()
    )
    pairs.ask(actor=order.actor, at=order.at)


def _month_before(day: date, ago: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - ago, 12)
    return date(year, month + 1, 1)


def _beside(folders: Folders) -> Path:
    return folders.data.with_name(f"{folders.data.name}-beside")


def _mark(beside: Path) -> Path:
    return beside / "demo"
