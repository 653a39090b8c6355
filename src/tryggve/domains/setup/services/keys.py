"""What is done to the register's keys, each with its line in the log.

The key store is no part of the database: the deed comes first and its entry after it, so that no entry tells of what
was refused, and no writer of the database waits for a passphrase to be worked out.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from tryggve.audit import services as audit
from tryggve.domains.setup import actions
from tryggve.lib.errors import Refusal
from tryggve.vault import custody, slots
from tryggve.vault.keeper_socket.client import RefusedByKeeper

_BEFORE_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def lock(*, actor: str, at: datetime) -> None:
    """Raises as custody does; so do all the others."""
    custody.lock()
    audit.record(actions.REGISTER_LOCKED, actor=actor, at=at)


def unlock_with_passphrase(*, passphrase: str, actor: str, at: datetime) -> None:
    with _failure_told("passphrase", actor=actor, at=at):
        custody.unlock_with_passphrase(passphrase, by=actor)
    audit.record(actions.REGISTER_UNLOCKED, actor=actor, at=at, method="passphrase")


def unlock_with_kit(*, shares: Sequence[str], actor: str, at: datetime) -> None:
    with _failure_told("kit", actor=actor, at=at):
        custody.unlock_with_kit(shares, by=actor)
    audit.record(actions.REGISTER_UNLOCKED, actor=actor, at=at, method="kit")


def rotate(*, actor: str, at: datetime) -> None:
    custody.rotate()
    audit.record(actions.KEY_ROTATED, actor=actor, at=at, generation=custody.status().generation)


def renew_key_file(*, actor: str, at: datetime) -> None:
    custody.renew_key_file(now=at)
    audit.record(actions.KEY_FILE_RENEWED, actor=actor, at=at)


def set_passphrase(*, passphrase: str, actor: str, at: datetime) -> None:
    """One passphrase opens the register: this one, in place of any before it."""
    known = next((way.id for way in custody.status().unlockers if way.kind == slots.PASSPHRASE), None)
    custody.add_passphrase(passphrase, now=at, replaces=known)
    audit.record(actions.PASSPHRASE_ADDED, actor=actor, at=at, replaced=known is not None)


def add_os_keyring(*, actor: str, at: datetime) -> None:
    """The keyring of the computer's desktop, in place of an entry that it had before."""
    custody.add_os_keyring(now=at)
    audit.record(actions.UNLOCKER_ADDED, actor=actor, at=at, kind=slots.OS_KEYRING)


def add_systemd_credential(*, actor: str, at: datetime) -> None:
    """What systemd hands over at the start, in place of the key file that it is a copy of."""
    custody.add_systemd_credential(now=at)
    audit.record(actions.UNLOCKER_ADDED, actor=actor, at=at, kind=slots.SYSTEMD_CREDENTIAL)


def remove_unlocker(*, unlocker: UUID, actor: str, at: datetime) -> bool:
    """Whether an entry is left in the computer's keyring, which didn't answer."""
    kind = next((way.kind for way in custody.status().unlockers if way.id == unlocker), "")
    is_entry_left = custody.remove_unlocker(unlocker)
    audit.record(actions.UNLOCKER_REMOVED, actor=actor, at=at, kind=kind)
    return is_entry_left


def make_kit(*, actor: str, at: datetime) -> int:
    """Its number; its pages can be opened for half an hour."""
    number = custody.make_kit(by=actor, now=at)
    audit.record(actions.KIT_MADE, actor=actor, at=at, number=number)
    return number


def open_sheet(*, number: int, share: int, actor: str, at: datetime) -> custody.Sheet:
    """The words of one page, to be printed or copied."""
    sheet = custody.sheet(number=number, share=share, by=actor)
    audit.look(actions.KIT_PAGE_OPENED, actor=actor, at=at, number=number, share=share)
    return sheet


def test_kit(*, shares: Sequence[str], actor: str, at: datetime) -> int:
    """The number of the kit that counts from now on."""
    with _failure_told("kit-test", actor=actor, at=at):
        number = custody.test_kit(shares, by=actor, now=at)
    audit.record(actions.KIT_TESTED, actor=actor, at=at, number=number)
    return number


@contextmanager
def _failure_told(method: str, *, actor: str, at: datetime) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        audit.record(actions.UNLOCK_FAILED, actor=actor, at=at, method=method, reason=_code(refusal))
        raise


def _code(refusal: Refusal) -> str:
    """``PassphraseWrong`` as ``passphrase-wrong``, whether it was refused here or by the keeper."""
    name = refusal.name if isinstance(refusal, RefusedByKeeper) else type(refusal).__name__
    return _BEFORE_CAPITAL.sub("-", name).lower()
