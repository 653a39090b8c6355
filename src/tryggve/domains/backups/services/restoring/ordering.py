"""What is left to do once the copy lies in its place: only then can it be served.

Each step may be cut off and done again. Nothing is sent and nobody is let in meanwhile.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection

from tryggve import vault
from tryggve.audit import checkpoints, erasures
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.database_copies import copy_questions
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.services.pairs import turns
from tryggve.domains.backups.services.restoring import log_epochs, placing, pouring, progress
from tryggve.domains.backups.services.restoring.progress import Progress
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup
from tryggve.lib import after_restore, before_serving, folders, write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.vault import owners
from tryggve.vault.keystore import Keystore

_ERASED: Final = "erased"
_SIGN_INS: Final = "sign-ins"
# The version of ids that are known before their keys are made (RFC 9562 §5.8).
_MADE_WHEN_NEEDED: Final = 8


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a restore.

    ``unopened``: customers whose keys nobody has, ``other_keys`` what else names such. ``tables``: those whose rows
    aren't as many as was written down. ``is_ledger_older``: the copy of the keys knows fewer erasures than the log.
    """

    progress: Progress
    erased_again: int
    unopened: int
    other_keys: int
    damaged_tables: int
    is_ledger_older: bool
    held: dict[str, int]


def fill_database(where: Folders, known: Progress) -> Progress:
    """The copy into its server, where it lies in one. Raises as pouring does."""
    if known.has_come_to(progress.POURED):
        return known
    if known.vendor == "postgresql":
        is_empty = pouring.is_empty(where)
        if not known.has_come_to(progress.POURING):
            pouring.require(where, is_empty=is_empty)
            known = progress.come_to(where, known, progress.POURING)
        write_points.reached("backups: database about to be filled")
        if is_empty:  # else it was filled, all at once, by a run that was cut off right after
            pouring.pour(where)
    write_points.reached("backups: database filled")
    there = _counts()
    wrong = sum(there.get(table) != count for table, count in known.tables.items())
    known = progress.come_to(where, known, progress.POURED, counts={**known.counts, "tables": wrong})
    placing.dump_of(where).unlink(missing_ok=True)
    return known


def take_over(*, actor: str, at: datetime) -> None:
    """The register belongs to this computer and is of this version. Raises as the installation's does."""
    setup.take_over(actor=actor, at=at)


def try_out(where: Folders, known: Progress, *, at: datetime) -> Ended:
    """In place of all that follows, where nothing is ever to use it. Raises vault.Locked, and as the installation's."""
    setup.try_out()
    return _ended(_counted(where, known, {_ERASED: _erase_again(at)}))


def open_log(where: Folders, known: Progress, *, brought: Sequence[bytes], at: datetime) -> Progress:
    """The log goes on in a new epoch. Raises NotACheckpoint and AnotherLog."""
    if known.has_come_to(progress.LOGGED):
        return known
    log_epochs.open_next(with_keys=known.checkpoint, brought=brought, at=at)
    write_points.reached("backups: log opened")
    return progress.come_to(where, known, progress.LOGGED)


def settle(where: Folders, known: Progress, *, now: Callable[[], datetime], actor: str) -> Ended:
    """Hold what may have been done since, erase again whom the ledger names, and write down that it was restored.

    Raises vault.Locked, and what a deed after a restore raises.
    """
    at = now()
    held = {**after_restore.do_all(at), _SIGN_INS: _end_sign_ins()}
    known = _counted(where, known, held)
    known = _counted(where, known, {_ERASED: _erase_again(at)})
    _end_runs(known, at)
    with suppress(turns.NowhereToGo):  # nothing was brought anywhere from this computer yet
        turns.ask(why=Run.Why.ASKED, at=at)
    before_serving.do_all(at)
    ended = _ended(known)
    audit.record(
        actions.RESTORED,
        actor=actor,
        at=at,
        pair=known.pair,
        erased=ended.erased_again,
        unopened=ended.unopened,
    )
    # What keeps the log from being signed is told where the log is looked after; the data are there all the same.
    with suppress(Refusal, OSError):
        checkpoints.sign(now=now())
    progress.end(where)
    return ended


def _counted(where: Folders, known: Progress, counts: dict[str, int]) -> Progress:
    """What was counted by a run that was cut off isn't forgotten."""
    sums = {**known.counts, **{code: known.counts.get(code, 0) + count for code, count in counts.items()}}
    return progress.come_to(where, known, known.stage, counts=sums)


def _erase_again(at: datetime) -> int:
    dead = {one.subject for one in vault.tombstones()}
    back = customers.still_there(dead)
    rights.replay_ledger(at=at)
    return len(back - customers.still_there(dead))


def _end_sign_ins() -> int:
    ended: int = Session.objects.all().delete()[0]
    return ended


def _end_runs(known: Progress, at: datetime) -> None:
    """In its own copy a run is still under way."""
    under_way = Run.objects.filter(state=Run.State.RUNNING)
    if known.pair:
        under_way.filter(pk=UUID(known.pair)).update(state=Run.State.DONE, ended_at=known.data_taken_at)
    under_way.update(state=Run.State.FAILED, ended_at=at, cause="cut-off")


def _ended(known: Progress) -> Ended:
    missing, unopened = _missing_keys(), customers.customers_without_key()
    return Ended(
        progress=known,
        erased_again=known.counts.get(_ERASED, 0),
        unopened=unopened,
        other_keys=max(0, missing - unopened),
        damaged_tables=known.counts.get("tables", 0),
        is_ledger_older=_is_ledger_older(),
        held=dict(known.counts),
    )


def _missing_keys() -> int:
    store = Keystore(folders.current().keys)
    named = {key for key in owners.keys_in_use() if key.version != _MADE_WHEN_NEEDED}
    return len(named - store.present(named) - {key for one in vault.tombstones() if (key := one.key)})


def _is_ledger_older() -> bool:
    try:
        erasures.require_whole()
    except erasures.LedgerBehind:
        return True
    return False


def _counts() -> dict[str, int]:
    try:
        return copy_questions.counts()
    finally:
        connection.close()
