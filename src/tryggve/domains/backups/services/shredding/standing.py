"""Somebody made up who stands in the register until a restore test has read them back."""

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import actors
from tryggve.domains.backups import actions
from tryggve.domains.backups.engine import shredding
from tryggve.domains.backups.models import Run, Shredding
from tryggve.domains.backups.services.shredding import older_cards
from tryggve.domains.customers import api as customers
from tryggve.lib import folders, write_points
from tryggve.lib.errors import Refusal
from tryggve.vault import opening
from tryggve.vault.key_copies import KeyCopy, UnderOtherKeys

logger = logging.getLogger(__name__)

_RANDOM_BYTES: Final = 16


class ReadBack(StrEnum):
    """What became of reading who is made up from a restored copy; ``UNREADABLE`` says that the backup is no good."""

    READ = "read"
    UNREADABLE = "unreadable"
    # The copy is from before there was anybody, or from before the keys were replaced.
    NOT_IN_IT = "not-in-it"
    LOCKED = "locked"


def ensure_standing(at: datetime) -> None:
    """Have somebody made up in the register, for the copy that is about to be taken; it is taken in any case."""
    try:
        if _is_locked():
            return
        erase_read_back(at)
        if _standing() is None:
            _add(at)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a proof, no backup is lost by it
        facts = {"error": type(error).__name__}
        logger.error("nobody could be made up to test the backups with", extra={"facts": facts})


def note_backed_up(run: Run) -> None:
    """That run's copies of the data hold who stands now."""
    Shredding.objects.filter(erased_at=None, read_back_at=None).update(run=run)


def read_back(run: Run, data: Path, keys: KeyCopy, at: datetime) -> ReadBack:
    """Read who stands from what was restored of that run below ``data``, with a copy of the keys.

    Raises older_cards.NoRestoreProgram.
    """
    one = _standing()
    if one is None or vault.buried_at(one.customer):
        return ReadBack.NOT_IN_IT
    if _is_locked():
        return ReadBack.LOCKED
    try:
        is_read = _is_read(one, run, data, keys)
    except UnderOtherKeys:
        return ReadBack.NOT_IN_IT
    except (Refusal, older_cards.CopyUnreadable):
        return ReadBack.LOCKED if _is_locked() else ReadBack.UNREADABLE
    if is_read is None:
        return ReadBack.UNREADABLE if one.run_id == run.pk else ReadBack.NOT_IN_IT
    if not is_read:
        return ReadBack.UNREADABLE
    Shredding.objects.filter(pk=one.pk).update(run=run, read_back_at=at)
    write_points.reached("shredding: read back")
    return ReadBack.READ


def erase_read_back(at: datetime) -> None:
    """Erase who was read back, as real customers are erased; while a list is brought in, later."""
    if _is_locked():
        return
    for one in Shredding.objects.filter(erased_at=None):
        # Whose key is destroyed comes to an end, too: of an attempt that was cut, or out of an older copy of the data.
        if one.read_back_at or vault.buried_at(one.customer):
            _erase(one.customer, at)


def _is_locked() -> bool:
    try:
        vault.keyring().require_unlocked()
    except vault.Locked:
        return True
    return False


def _standing() -> Shredding | None:
    return Shredding.objects.filter(erased_at=None).first()


@transaction.atomic
def _add(at: datetime) -> None:
    customer = customers.add_stand_in(secrets.token_hex(_RANDOM_BYTES), at=at, deed=actions.STAND_IN_ADDED)
    write_points.reached("shredding: added, not committed")
    [card] = customers.sealed_cards([customer])
    Shredding.objects.create(customer=customer, key=card.key, planted_at=at)


def _is_read(one: Shredding, run: Run, data: Path, keys: KeyCopy) -> bool | None:
    """Whether the copy says what the register says; None where the copy has nobody of that id."""
    copied = older_cards.card_below(data, one.customer)
    if copied is None:
        return None
    copied_keys = keys.keys(opening.unlocked(folders.current()))
    [card] = customers.sealed_cards([one.customer])
    return customers.name_on(copied, copied_keys) == customers.name_on(card, vault.keyring())


def _erase(customer: UUID, at: datetime) -> None:
    try:
        customers.destroy(
            customer=customer,
            actor=actors.SYSTEM,
            at=at,
            deed=actions.STAND_IN_ERASED,
            settle=partial(_note_erased, customer, at),
        )
    except customers.RegisterBusy:
        return
    write_points.reached("shredding: erased")


def _note_erased(customer: UUID, at: datetime, _erased: Mapping[str, int]) -> None:
    erased_at = vault.buried_at(customer) or at
    Shredding.objects.filter(pk=customer).update(
        erased_at=erased_at, pending_until=shredding.latest_end(erased_at)
    )
    write_points.reached("shredding: erased, not committed")
