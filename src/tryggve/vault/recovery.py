"""The recovery kit: a random secret in three shares (SLIP-39), any two of which open the register.

It encodes an unlocker's secret, not the key-encryption key, so that a rotation needs no new paper. Nothing here
writes a share to disk or log. A new kit counts once two of its shares were typed in; until then the old one keeps
working, so that the owner is never without a kit that was tried.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy
from shamir_mnemonic import generate_mnemonics

from tryggve.lib import ids, write_points
from tryggve.vault import derivation, sealing, shares, slots, unlocking
from tryggve.vault.keystore import Contents, Keystore
from tryggve.vault.locked import Locked
from tryggve.vault.slots import RECOVERY_KIT, Slot
from tryggve.vault.unlocking import Unlocked


class KitUnknown(Locked):
    sentence = gettext_lazy(
        "These pages don't open this register: they belong to another one, or to a kit that was replaced. "
        "Nothing is lost: look for the pages of the newest kit, by the number and date on them."
    )


@dataclass(frozen=True)
class Kit:
    """A kit as it is printed, once. Share number 1 is ``shares[0]``; each is a list of 33 words."""

    number: int
    made_at: datetime
    shares: tuple[tuple[str, ...], ...] = field(repr=False)


def make_kit(*, store: Keystore, unlocked: Unlocked, now: datetime) -> Kit:
    """A new kit, not counted before test_kit; an older one that was never tested is forgotten.

    Raises KeysChanging, and as Keystore does.
    """
    secret = secrets.token_bytes(derivation.KEY_BYTES)
    # One round is enough: what is stretched here is no passphrase but random bytes.
    (words,) = generate_mnemonics(1, [(shares.NEEDED, shares.MADE)], secret, iteration_exponent=0)
    with store.transaction() as connection:
        unlocking.require_state(connection, unlocked)
        (number,) = connection.execute("UPDATE state SET kits = kits + 1 RETURNING kits").fetchone()
        slots.delete(connection, [slot for slot in _kits(slots.read(connection)) if not _is_tested(slot)])
        slots.insert(connection, _slot(secret, unlocked, number=number, now=now))
        write_points.reached("vault: kit slot written")
    return Kit(number, now, tuple(tuple(one.split()) for one in words))


def test_kit(typed: Sequence[str], *, store: Keystore, now: datetime) -> int:
    """Try two shares; the kit that they open counts from now on, and those before it open nothing any more.

    Returns its number. Raises KitUnknown, shares.ShareRefused, and as Keystore does.
    """
    slot, _secret = _slot_of(typed, store.contents())
    with store.transaction() as connection:
        kits = _kits(slots.read(connection))
        if slot.id not in {kit.id for kit in kits}:
            raise KitUnknown
        (kit,) = (kit for kit in kits if kit.id == slot.id)
        slots.set_parameters(connection, kit, {**kit.parameters, "tested_at": now.isoformat()})
        slots.delete(connection, [other for other in kits if _number(other) < _number(kit)])
        write_points.reached("vault: kit counted")
    return _number(slot)


def open_with_kit(typed: Sequence[str], contents: Contents) -> Unlocked:
    """What two shares open, also of a kit that was not yet tested. Raises KitUnknown and shares.ShareRefused."""
    slot, secret = _slot_of(typed, contents)
    return unlocking.opened(slot, secret, contents)


def _slot_of(typed: Sequence[str], contents: Contents) -> tuple[Slot, bytes]:
    secret = shares.secret_of(typed)
    for slot in _kits(contents.slots):
        try:
            unlocking.opened(slot, secret, contents)
        except sealing.Damaged:
            continue
        return slot, secret
    raise KitUnknown


def _slot(secret: bytes, unlocked: Unlocked, *, number: int, now: datetime) -> Slot:
    return slots.with_secret(
        secret,
        slot_id=ids.new_id(),
        kind=RECOVERY_KIT,
        generation=unlocked.state.generation,
        key_encryption_key=unlocked.current,
        number=number,
        made_at=now.isoformat(),
    )


def _kits(found: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in found if slot.kind == RECOVERY_KIT]


def _number(kit: Slot) -> int:
    number: int = kit.parameters.get("number", 0)
    return number


def _is_tested(kit: Slot) -> bool:
    return "tested_at" in kit.parameters
