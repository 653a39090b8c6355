"""The recovery kit: a random secret in three shares (SLIP-39), any two of which open the register.

It encodes an unlocker's secret, not the key-encryption key, so that a rotation needs no new paper. Nothing here
writes a share to disk or log. A new kit counts once two of its shares were typed in; until then the old one keeps
working, so that the owner is never without a kit that was tried.

On a bare machine, where there is no key store yet, two shares give a backup password, which opens repositories of key
copies and nothing else. It lies in the kit's slot, sealed for the service, so that repositories made later get it too.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy
from shamir_mnemonic import generate_mnemonics

from tryggve.lib import folders, ids, write_points
from tryggve.vault import derivation, sealing, service, shares, slots, unlocking
from tryggve.vault.keystore import Contents, Keystore, contents_in
from tryggve.vault.locked import Locked
from tryggve.vault.slots import RECOVERY_KIT, Slot
from tryggve.vault.unlocking import Unlocked

logger = logging.getLogger(__name__)

_PASSWORD: Final = "backup_password_sealed"  # noqa: S105 - the name of a slot's parameter


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


@dataclass(frozen=True)
class BackupKit:
    """A kit as repositories of key copies know it; no password where it has to be typed in once more."""

    id: UUID
    number: int
    counts: bool
    password: str | None = field(repr=False)


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
        slot = _slot(secret, unlocked, number=number, now=now)
        sealed = _sealed_password(secret, slot, unlocked, contents_in(connection))
        slots.insert(connection, replace(slot, parameters={**slot.parameters, **sealed}))
        write_points.reached("vault: kit slot written")
    return Kit(number, now, tuple(tuple(one.split()) for one in words))


def test_kit(typed: Sequence[str], *, store: Keystore, now: datetime) -> int:
    """Try two shares; the kit that they open counts from now on, and those before it open nothing any more.

    A kit from before there were backup passwords gets its own here. Returns its number. Raises KitUnknown,
    shares.ShareRefused, and as Keystore does.
    """
    contents = store.contents()
    slot, secret = _slot_of(typed, contents)
    sealed = _sealed_password(secret, slot, unlocking.opened(slot, secret, contents), contents)
    with store.transaction() as connection:
        kits = _kits(slots.read(connection))
        if slot.id not in {kit.id for kit in kits}:
            raise KitUnknown
        (kit,) = (kit for kit in kits if kit.id == slot.id)
        slots.set_parameters(connection, kit, {**kit.parameters, **sealed, "tested_at": now.isoformat()})
        slots.delete(connection, [other for other in kits if _number(other) < _number(kit)])
        write_points.reached("vault: kit counted")
    return _number(slot)


def open_with_kit(typed: Sequence[str], contents: Contents) -> Unlocked:
    """What two shares open, also of a kit that was not yet tested. Raises KitUnknown and shares.ShareRefused."""
    slot, secret = _slot_of(typed, contents)
    return unlocking.opened(slot, secret, contents)


def backup_password_of(typed: Sequence[str]) -> str:
    """What two shares open repositories of key copies with; no key store is needed. Raises shares.ShareRefused."""
    return derivation.backup_password(shares.secret_of(typed))


def backup_kits() -> list[BackupKit]:
    """The kits of this register, the oldest first; works while it is locked. Raises as vault.open_for_service.

    One not yet tested is among them, since it opens the register too: so it opens the backups when it begins to count.
    """
    kits = _kits(Keystore(folders.current().keys).slots())
    return [BackupKit(kit.id, _number(kit), _is_tested(kit), _password_of(kit)) for kit in kits]


def backup_passwords() -> list[str]:
    """The passwords that every repository of key copies is to have, of all kits that have one. As backup_kits."""
    return [kit.password for kit in backup_kits() if kit.password]


def opens_backups() -> bool:
    """Whether there is a kit that counts, and it opens backups; else one is to be made, or typed in once more.

    Raises as backup_kits.
    """
    return any(kit.counts and kit.password for kit in backup_kits())


def _sealed_password(secret: bytes, slot: Slot, unlocked: Unlocked, contents: Contents) -> dict[str, str]:
    """With the service key from its copy: who holds the key-encryption key needs no file for it."""
    try:
        key = unlocking.service_key_of(contents.service_key, unlocked)
    except sealing.Damaged:
        logger.warning("the service key's copy is damaged, so the kit opens no backups")
        return {}
    password = derivation.backup_password(secret).encode()
    nonce = secrets.token_bytes(sealing.NONCE_BYTES)
    return {_PASSWORD: service.seal(password, key=key, purpose=_purpose(slot), nonce=nonce).hex()}


def _password_of(kit: Slot) -> str | None:
    try:
        sealed = bytes.fromhex(kit.parameters.get(_PASSWORD, ""))
        return service.open_for_service(_purpose(kit), sealed).decode() if sealed else None
    except (sealing.CannotOpen, TypeError, ValueError):
        logger.warning("a kit's backup password can't be read: its kit is to be typed in once more")
        return None


def _purpose(kit: Slot) -> str:
    return f"backups: password of kit {kit.id.hex}"


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
