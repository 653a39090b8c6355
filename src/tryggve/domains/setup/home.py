"""Which computer and which key store a register belongs to.

Two that serve it at once would each make keys that the other lacks, so the database tells whose it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tryggve.audit import services as audit
from tryggve.domains.setup import actions, database
from tryggve.domains.setup.models import Home
from tryggve.lib import durable, machine, write_points
from tryggve.lib import folders as folder
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.vault.keystore import Keystore

_A_MOMENT: Final = timedelta(microseconds=1)


class BelongsElsewhere(Refusal):
    """The register belongs to another computer, or its database to another data folder; ``case`` says which."""

    def __init__(self, case: str, advice: str) -> None:
        super().__init__(f"{case} {advice}")
        self.case = case


def require(folders: Folders) -> None:
    """Refuse where the register belongs elsewhere; one that never was written down belongs to whoever asks.

    Raises BelongsElsewhere, what `database.answers` raises, as Keystore does, and OSError.
    """
    with database.answers():
        home = recorded()
    if home is None:
        return
    facts = {"date": _date(home.settled_at), "folder": folders.data}
    if home.machine not in machine.names(folders.config):
        raise BelongsElsewhere(
            _("This register belongs to another computer, since %(date)s.") % facts,
            _(
                "Two must not serve it at once: each would make customers that the other has no keys to. Nothing was "
                "changed. If the other will never start Tryggve again, run «./tryggve keys take-over» here."
            ),
        )
    if home.key_store != _key_store(folders):
        raise BelongsElsewhere(
            _("This database belongs to another data folder than %(folder)s, since %(date)s.") % facts,
            _(
                "The keys to its customers are there. Nothing was changed. Name that folder with --data. If it will "
                "never be used again, and its key store lies here now, run «./tryggve keys take-over»."
            ),
        )


def recorded() -> Home | None:
    """Where the register belongs; None before the first start with a version that writes it down."""
    if Home._meta.db_table not in connection.introspection.table_names():
        return None
    return Home.objects.first()


def settle(folders: Folders, *, at: datetime) -> None:
    """Write down that it belongs here, unless that was done before: of two that try, one is refused.

    Raises as `require` does.
    """
    with database.answers():
        Home.objects.get_or_create(pk=1, defaults=_here(folders, at))
    write_points.reached("setup: home written down")
    require(folders)


@transaction.atomic
def move_here(folders: Folders, *, actor: str, at: datetime) -> None:
    """From now on the register belongs here and nowhere else. Raises as Keystore does, and OSError."""
    before = Home.objects.first()
    # Which of two computers has it is told by the later moment, also where a clock is behind.
    moment = at if before is None else max(at, before.settled_at + _A_MOMENT)
    Home.objects.update_or_create(pk=1, defaults=_here(folders, moment))
    audit.record(actions.TAKEN_OVER, actor=actor, at=at)
    write_points.reached("setup: taken over, not committed")
    folders.taken_over_mark.unlink(missing_ok=True)


def note_taken_over(folders: Folders) -> None:
    """Another computer has it now, which nothing in this one's own database tells. Raises OSError."""
    folders.taken_over_mark.touch(mode=0o600)
    durable.sync_folder(folders.data)


def is_taken_over(folders: Folders) -> bool:
    """Whether that was found, and the register wasn't moved here again since."""
    return folders.taken_over_mark.exists()


def told_taken_over() -> str:
    """What somebody at this computer should know then."""
    return _(
        "Another computer has taken this register over: it has brought backups of its own. What is written here is "
        "lost. Stop Tryggve on this computer, and delete its data and keys. If it is this one that should go on, type: "
        "./tryggve keys take-over"
    )


def lines() -> Iterator[str]:
    """What ``keys status`` says of it."""
    if is_taken_over(folder.current()):
        yield told_taken_over()
    elif (home := recorded()) is not None:
        yield _("The register belongs to this computer alone, since %(date)s.") % {
            "date": _date(home.settled_at)
        }


def since_as_json() -> str | None:
    home = recorded()
    return home.settled_at.isoformat() if home else None


def _here(folders: Folders, at: datetime) -> dict[str, object]:
    return {"machine": machine.named(folders.config), "key_store": _key_store(folders), "settled_at": at}


def _key_store(folders: Folders) -> UUID:
    """Where the database lies elsewhere a copy of the data folder is another key store, so its place counts too."""
    known = Keystore(folders.keys).contents().service_key.id
    place = "" if connection.vendor == "sqlite" else str(folders.data.resolve())
    return machine.derived(known.bytes, of=place.encode())


def _date(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT")
