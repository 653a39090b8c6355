"""A restore that is only tried out: the register stays where it is, and nothing ever uses what was put back here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.domains.backups.services import elsewhere
from tryggve.domains.backups.services.restoring import ordering
from tryggve.domains.backups.services.restoring.ordering import Ended
from tryggve.domains.backups.services.restoring.progress import Progress
from tryggve.domains.customers import api as customers
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

_LOOKED_AT: Final = 20


class RehearsalThere(Refusal):
    sentence = gettext_lazy(
        "What lies in %(folder)s is a rehearsal, which never becomes a register. Nothing was changed. Delete it, or "
        "name an empty folder with --data."
    )


class Withheld(StrEnum):
    """Why a rehearsal proves nothing."""

    SAME_COMPUTER = "same-computer"
    NOT_WHOLE = "not-whole"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """``names``: of customers who were really decrypted. ``code`` is empty where there is a reason to withhold it."""

    ended: Ended
    names: Sequence[str] = field(repr=False)
    code: str
    withheld: Withheld | None


def require_none(where: Folders) -> None:
    """Refuse to make a register of what was only tried out. Raises RehearsalThere."""
    if where.rehearsal_mark.exists():
        raise RehearsalThere(folder=where.data)


def rehearse(where: Folders, known: Progress, *, at: datetime) -> Rehearsed:
    """See that all of it is there and can be read. Done again, it answers the same of the same day.

    Raises vault.Locked, and as the installation's does.
    """
    ended = ordering.try_out(where, known, at=at)
    cards = customers.random_cards(_LOOKED_AT)
    names = [name for card in cards if (name := _name_on(card)) is not None]
    withheld = _withheld(ended, can_be_read=len(names) == len(cards))
    code = "" if withheld else elsewhere.code_of(UUID(known.pair), at)
    return Rehearsed(ended, names, code, withheld)


def _withheld(ended: Ended, *, can_be_read: bool) -> Withheld | None:
    if setup.is_of_this_computer():
        return Withheld.SAME_COMPUTER
    is_whole = can_be_read and not (
        ended.unopened
        or ended.other_keys
        or ended.damaged_tables
        or ended.progress.damaged_files
        or ended.is_ledger_older
    )
    return None if is_whole else Withheld.NOT_WHOLE


def _name_on(card: customers.SealedCard) -> str | None:
    try:
        return customers.name_on(card, vault.keyring())
    except vault.CannotOpen:
        return None
