"""Old files of a demo firm, in a folder beside its own: what a desk gathers in ten years, and nobody looks at.

The worker looks through them, so that nobody waits for it.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Person
from tryggve.domains.datamap.engine.invented import TEXTS, Texts
from tryggve.domains.datamap.models import Scan
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.source_details import Told
from tryggve.lib import demonstration, folders
from tryggve.lib.demonstration import Order
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

_ON_THE_LIST: Final = 12
_DAYS_AGO: Final = (2900, 2890, 1500, 1100, 640, 400, 90)
# The beginning of a workbook, whose rest a bad disk has lost.
_CUT_SHORT: Final = b"PK\x03\x04" + bytes(2000)


@demonstration.content
def old_files(order: Order) -> None:
    """Without any where nothing can be written beside."""
    beside = _beside(folders.current())
    try:
        _make(beside)
        office = beside / _("Old files")
        _write(office, _people(), TEXTS[order.country], order.at)
        told = Told(title=_("The old computer at the office"), where=str(office))
        source = sources.add_folder(told=told, is_watched=False, actor=order.actor, at=order.at)
    except (OSError, Refusal):
        return
    scans.ask(source=source.pk, why=Scan.Why.ASKED, actor=order.actor, at=order.at)


@demonstration.leftover
def clear(folders: Folders) -> None:
    """The old files, which lie beside; nothing that somebody else put there."""
    beside = _beside(folders)
    if _mark(beside).is_file():
        shutil.rmtree(beside)


def _make(beside: Path) -> None:
    """Raises FileExistsError for a folder that is somebody else's, and OSError."""
    clear(folders.current())
    beside.mkdir(mode=0o700)
    _mark(beside).touch(mode=0o600)


def _people() -> list[Person]:
    found = (customers.person(one) for one in customers.first_customers(_ON_THE_LIST))
    return [one for one in found if one is not None]


def _write(office: Path, people: Sequence[Person], texts: Texts, at: datetime) -> None:
    """Some of those on the lists are customers, others aren't in the register any more, or never were."""
    office.mkdir()
    for (name, content), days in zip(_files(people, texts), _DAYS_AGO, strict=True):
        path = office / name
        path.write_bytes(content)
        day = (at - timedelta(days=days)).timestamp()
        os.utime(path, (day, day))


def _files(people: Sequence[Person], texts: Texts) -> Iterator[tuple[str, bytes]]:
    rows = [*map(_row, people), *texts.strangers]
    name, email, _phone = rows[0].split(";")
    fair = "\n".join([texts.headings, *rows, ""]).encode()
    yield texts.fair, fair
    yield texts.copy_of_fair, fair
    yield texts.numbers, texts.numbers_text.encode()
    yield texts.notes, texts.notes_text.format(name=name, email=email).encode()
    yield texts.mail, _mail(texts, fair)
    yield texts.prices, texts.prices_text.encode()
    yield texts.damaged, _CUT_SHORT


def _row(one: Person) -> str:
    return ";".join((one.name, *(one.emails or ("",))[:1], *(one.phones or ("",))[:1]))


def _mail(texts: Texts, attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = texts.sender, texts.sender, texts.subject
    mail.set_content(texts.mail_text)
    mail.add_attachment(attached, maintype="text", subtype="csv", filename=texts.fair)
    return mail.as_bytes()


def _beside(folders: Folders) -> Path:
    return folders.data.with_name(f"{folders.data.name}-old-files")


def _mark(beside: Path) -> Path:
    return beside / "demo"
