"""What opens the register: which ways there are, adding one, taking one away."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.lib import errors, ids, write_points
from tryggve.vault import keyfile, passphrase, sealing, slots, unlocking
from tryggve.vault.keystore import Contents, Keystore
from tryggve.vault.locked import Locked
from tryggve.vault.passphrase import Cost
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.slots import Slot
from tryggve.vault.unlocking import Unlocked


class LastUnlocker(errors.Refusal):
    sentence = gettext_lazy(
        "This is the last thing that opens the register; without it nobody could ever read a customer again. "
        "Nothing was changed. Add another first: a passphrase, or a recovery kit that was tested."
    )


class OnlyKeyringLeft(LastUnlocker):
    sentence = gettext_lazy(
        "Then only the computer's keyring would open the register, and it is lost with the computer. "
        "Nothing was changed. Add another first: a passphrase, or a recovery kit that was tested."
    )


class NoCredential(errors.Refusal):
    sentence = gettext_lazy(
        "The system hands Tryggve no key: systemd gave this start no credential with the name tryggve-key. "
        "Nothing was changed; the handbook says how to make one."
    )


class NoSuchUnlocker(errors.Refusal):
    sentence = gettext_lazy("The register isn't opened by that. Nothing was changed; look at the list again.")


@dataclass(frozen=True)
class UnlockerInfo:
    """One way to open the register. A kit that wasn't tested is there but doesn't count (``counts``).

    Nor does the computer's keyring: nobody has a copy of what is in it.
    """

    id: UUID
    kind: str
    counts: bool
    made_at: datetime | None = None
    number: int | None = None
    tested_at: datetime | None = None


def unlockers(store: Keystore) -> list[UnlockerInfo]:
    """Every way to open the register, the oldest first. Raises as Keystore does."""
    return [_info(slot) for slot in store.slots()]


def can_be_unlocked_by_somebody(store: Keystore) -> bool:
    """Whether a person can open it who has neither file nor computer: by a passphrase, or a kit that was tested."""
    return any(way.counts and way.kind in slots.BY_SOMEBODY for way in unlockers(store))


def add_passphrase(
    typed: str,
    *,
    store: Keystore,
    unlocked: Unlocked,
    now: datetime,
    cost: Cost | None = None,
    replaces: UUID | None = None,
) -> UUID:
    """From now on this passphrase opens the register too, or in place of another unlocker; the new one's id.

    The cost is this machine's unless one is given. Raises PassphraseTooShort, NoSuchUnlocker, KeysChanging,
    and as Keystore does.
    """
    passphrase.require_long(typed)
    cost, salt = cost or passphrase.cost_for_this_machine(), slots.fresh_salt()
    slot = slots.fill(
        slot_id=ids.new_id(),
        kind=slots.PASSPHRASE,
        generation=unlocked.state.generation,
        slot_key=passphrase.slot_key(typed, salt=salt, cost=cost),
        salt=salt,
        key_encryption_key=unlocked.current,
        parameters={**passphrase.parameters(cost), "made_at": now.isoformat()},
    )
    with store.transaction() as connection:
        unlocking.require_state(connection, unlocked)
        if replaces:
            slots.delete(connection, [_named(slots.read(connection), replaces)])
        slots.insert(connection, slot)
        write_points.reached("vault: passphrase slot written")
    return slot.id


def open_with_passphrase(typed: str, contents: Contents) -> Unlocked:
    """What a passphrase opens. Raises PassphraseWrong and NoPassphrase."""
    own = [slot for slot in contents.slots if slot.kind == slots.PASSPHRASE]
    if not own:
        raise passphrase.NoPassphrase
    for slot in own:
        try:
            cost = passphrase.cost_of(slot.parameters)
            return unlocking.opened_with(
                slot, passphrase.slot_key(typed, salt=slot.salt, cost=cost), contents
            )
        except sealing.Damaged:
            continue
    raise passphrase.PassphraseWrong


def add_systemd_credential(path: Path, *, store: Keystore, unlocked: Unlocked, now: datetime) -> UUID:
    """From now on the credential that systemd hands over opens the register; its id.

    A copy of the key file takes the key file's place, which the owner can then delete. Raises as
    keyfile.read, KeysChanging, and as Keystore does.
    """
    found = keyfile.read_credential(path)
    slot = slots.with_secret(
        found.secret,
        slot_id=found.id,
        kind=slots.SYSTEMD_CREDENTIAL,
        generation=unlocked.state.generation,
        key_encryption_key=unlocked.current,
        made_at=now.isoformat(),
    )
    _put(slot, store, unlocked, point="credential", in_place_of=lambda known: known.id == found.id)
    return found.id


def credential_to_add(store: Keystore) -> Path | None:
    """systemd's credential, where it is whole and not an unlocker of its own yet. Raises as Keystore does."""
    path = keyfile.credential()
    if path is None:
        return None
    try:
        found = keyfile.read_credential(path)
    except Locked:
        return None
    known = {slot.id for slot in store.slots() if slot.kind == slots.SYSTEMD_CREDENTIAL}
    return path if found.id not in known else None


def add_os_keyring(kept: FileSecret, *, store: Keystore, unlocked: Unlocked, now: datetime) -> Sequence[UUID]:
    """From now on what the computer's keyring keeps opens the register; the ids of those whose place it takes.

    Raises KeysChanging, and as Keystore does.
    """
    slot = slots.with_secret(
        kept.secret,
        slot_id=kept.id,
        kind=slots.OS_KEYRING,
        generation=unlocked.state.generation,
        key_encryption_key=unlocked.current,
        made_at=now.isoformat(),
    )
    before = _put(
        slot, store, unlocked, point="keyring", in_place_of=lambda known: known.kind == slots.OS_KEYRING
    )
    write_points.reached("vault: keyring counts")
    return [slot.id for slot in before]


def remove_unlocker(unlocker: UUID, *, store: Keystore, files: Collection[UUID]) -> str:
    """From now on this opens nothing; a copy of the key store made before stays open to it. Its kind.

    ``files`` are the ids of the key files that are there: a way in whose file is gone counts for nothing.

    Raises NoSuchUnlocker, LastUnlocker, OnlyKeyringLeft, and as Keystore does.
    """
    with store.transaction() as connection:
        there = slots.read(connection)
        gone = _named(there, unlocker)
        left = [slot for slot in there if slot is not gone]
        if not any(_opens(slot, files) for slot in left):
            raise OnlyKeyringLeft if any(slot.kind == slots.OS_KEYRING for slot in left) else LastUnlocker
        slots.delete(connection, [gone])
        write_points.reached("vault: slot removed")
    write_points.reached("vault: slot is gone")
    return gone.kind


def _put(
    slot: Slot, store: Keystore, unlocked: Unlocked, *, point: str, in_place_of: Callable[[Slot], bool]
) -> list[Slot]:
    with store.transaction() as connection:
        unlocking.require_state(connection, unlocked)
        before = [known for known in slots.read(connection) if in_place_of(known)]
        slots.delete(connection, before)
        slots.insert(connection, slot)
        write_points.reached(f"vault: {point} slot written")
    return before


def _opens(slot: Slot, files: Collection[UUID]) -> bool:
    return _info(slot).counts and (slot.kind not in slots.FILES or slot.id in files)


def _named(there: Sequence[Slot], unlocker: UUID) -> Slot:
    for slot in there:
        if slot.id == unlocker:
            return slot
    raise NoSuchUnlocker


def _info(slot: Slot) -> UnlockerInfo:
    number = slot.parameters.get("number")
    return UnlockerInfo(
        slot.id,
        slot.kind,
        counts=_counts(slot),
        made_at=_time(slot.parameters.get("made_at")),
        number=number if isinstance(number, int) else None,
        tested_at=_time(slot.parameters.get("tested_at")),
    )


def _counts(slot: Slot) -> bool:
    if slot.kind == slots.RECOVERY_KIT:
        return "tested_at" in slot.parameters
    return slot.kind != slots.OS_KEYRING


def _time(stored: object) -> datetime | None:
    return datetime.fromisoformat(stored) if isinstance(stored, str) else None
