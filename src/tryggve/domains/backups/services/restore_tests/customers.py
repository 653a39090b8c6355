"""The sixth step: some customers are really read, with the copy of the keys and what opens the register today."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from tryggve import vault
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed
from tryggve.domains.backups.services.restore_tests.trial import Trial
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import SealedCard
from tryggve.lib import folders
from tryggve.vault import opening, owners
from tryggve.vault.key_copies import CopiedKeys, KeyCopy, UnderOtherKeys

READ: Final = 20
# Keys of which there is one in each register have ids that are fixed in the program, made or not.
_RESERVED: Final = 8


def read(trial: Trial) -> None:
    """Every key that the data names is in the copy of the keys, and those whom chance took can be read.

    While the register is locked nobody is read, and the rest is tested all the same. Raises TestFailed.
    """
    keys = trial.require_keys()
    if lost := _lost(keys, trial.require_looked().keys):
        raise TestFailed("keys-older", len(lost))
    copied = keys_to_read_with(trial)
    if copied is None:
        return
    gone = keys.destroyed([key for card in trial.inside.random if (key := _key_of(card))])
    chosen = [card for card in trial.inside.random if _key_of(card) not in gone]
    unreadable = [card for card in chosen if name_on(card, copied) is None]
    if unreadable:
        raise TestFailed("customers-unreadable", len(unreadable))
    trial.found["customers"] = len(chosen)


def keys_to_read_with(trial: Trial) -> CopiedKeys | None:
    """The copy's keys with today's; None while the register is locked, which the trial keeps."""
    try:
        return trial.require_keys().keys(opening.unlocked(folders.current()))
    except vault.Locked:
        trial.locked = "locked"
        return None


def name_on(card: SealedCard, keys: CopiedKeys) -> str | None:
    """What the customer is called; None where nobody can read it. Raises CouldNotTest after a change of the keys."""
    try:
        return customers.name_on(card, keys)
    except UnderOtherKeys:
        raise CouldNotTest("keys-replaced") from None
    except (vault.CannotOpen, ValueError, KeyError, TypeError):
        return None


def _lost(keys: KeyCopy, named: Collection[UUID]) -> set[UUID]:
    """Those that are neither in the copy nor in its ledger, though they are still in use."""
    wanted = {key for key in named if key.version != _RESERVED}
    lacking = wanted - keys.present(wanted)
    if lacking:
        lacking -= keys.destroyed(lacking)
    # What was let go of since, such as the keys of a list that was brought in, is lost to nobody.
    return lacking & set(owners.keys_in_use()) if lacking else lacking


def _key_of(card: SealedCard) -> UUID | None:
    try:
        return card.key
    except vault.CannotOpen:
        return None
