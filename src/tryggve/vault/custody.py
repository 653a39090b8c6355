"""Lock, unlock, rotate, unlockers and the recovery kit: done by the keeper where ``up`` runs, else by this process.

Every function also raises NotUnlocked where the register must be open, KeeperSilent, and RefusedByKeeper with the
sentence of whatever the keeper refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tryggve.lib import folders
from tryggve.vault import opening, unlockers
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keeper_socket import client, token
from tryggve.vault.keystore import Keystore
from tryggve.vault.unlockers import UnlockerInfo


@dataclass(frozen=True)
class Status:
    """Whether the register is locked, which generation of its key is in use, and all that opens it."""

    is_locked: bool
    generation: int
    unlockers: Sequence[UnlockerInfo]
    has_keeper: bool


@dataclass(frozen=True)
class Sheet:
    """One page of a recovery kit."""

    number: int
    share: int
    made_at: datetime
    words: Sequence[str] = field(repr=False)


def require_way_in() -> None:
    """That the register is open, or that a person can open it. Raises as vault.keyring does when neither is so."""
    with opening.or_locked(folders.current()):
        opening.keyring()


def status() -> Status:
    """How the register stands."""
    where = folders.current()
    try:
        answer, has_keeper = client.ask(where, "status"), True
    except client.NoKeeper:
        answer, has_keeper = _here(where, "status", {}), False
    ways = unlockers.unlockers(Keystore(where.keys))
    return Status(answer["is_locked"], answer["generation"], ways, has_keeper)


def lock() -> None:
    """From now on nobody reads a customer until somebody unlocks the register."""
    _ask("lock")


def unlock_with_passphrase(passphrase: str, *, by: str) -> None:
    """Open the register for everybody. Five wrong tries within five minutes make this person wait."""
    _ask("unlock", passphrase=passphrase, by=by)


def unlock_with_kit(shares: Sequence[str], *, by: str) -> None:
    """Open the register for everybody with two shares of the recovery kit, as typed. Waits as the other."""
    _ask("unlock", shares=list(shares), by=by)


def rotate() -> None:
    """A new key-encryption key and key file; every subject's key is wrapped anew."""
    _ask("rotate")


def renew_key_file(*, now: datetime) -> None:
    """A new key file in the place of one that is lost or was seen by others."""
    _ask("renew-key-file", now=now.isoformat())


def add_passphrase(passphrase: str, *, now: datetime, replaces: UUID | None = None) -> None:
    """From now on this passphrase opens the register too, or in place of another unlocker."""
    _ask("add-passphrase", passphrase=passphrase, now=now.isoformat(), replaces=str(replaces or ""))


def ways_to_add() -> Sequence[str]:
    """The kinds of unlockers that could be added as things are: a keyring that answers, a credential that is new."""
    kinds: Sequence[str] = _ask("ways-to-add")["kinds"]
    return kinds


def add_os_keyring(*, now: datetime) -> None:
    """From now on the keyring of the computer's desktop opens the register too, with a fresh secret each time."""
    _ask("add-os-keyring", now=now.isoformat())


def add_systemd_credential(*, now: datetime) -> None:
    """From now on systemd's credential opens the register, in place of the key file that it is a copy of."""
    _ask("add-systemd-credential", now=now.isoformat())


def remove_unlocker(unlocker: UUID) -> bool:
    """From now on this opens nothing. Refused for the last one that counts.

    Whether an entry is left in the computer's keyring, which didn't answer.
    """
    is_left: bool = _ask("remove-unlocker", id=str(unlocker))["is_entry_left"]
    return is_left


def make_kit(*, by: str, now: datetime) -> int:
    """A new recovery kit, whose pages are held in memory for half an hour for who made it; its number."""
    number: int = _ask("make-kit", by=by, now=now.isoformat())["number"]
    return number


def require_sheet(*, number: int, share: int, by: str) -> None:
    """That this page of the kit can be shown now; its words are not fetched. Refused as sheet is."""
    _ask("require-sheet", number=number, share=share, by=by)


def sheet(*, number: int, share: int, by: str) -> Sheet:
    """Page 1, 2 or 3 of the kit that this person just made, each once the one before was put away.

    Refused when it was put away itself.
    """
    answer = _ask("sheet", number=number, share=share, by=by)
    return Sheet(number, share, datetime.fromisoformat(answer["made_at"]), answer["words"])


def put_sheet_away(*, number: int, share: int, by: str) -> None:
    """It was printed: it is never shown again."""
    _ask("put-sheet-away", number=number, share=share, by=by)


def test_kit(shares: Sequence[str], *, by: str, now: datetime) -> int:
    """Two shares, as typed: the kit counts from now on, and older ones open nothing any more; its number.

    Waits as unlock_with_kit does.
    """
    number: int = _ask("test-kit", shares=list(shares), by=by, now=now.isoformat())["number"]
    return number


def _ask(verb: str, **facts: Any) -> Mapping[str, Any]:
    where = folders.current()
    try:
        return client.ask(where, verb, **facts)
    except client.NoKeeper:
        return _here(where, verb, facts)


_alone: dict[folders.Folders, Custody] = {}


def _here(where: folders.Folders, verb: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """A process that works alone keeps what it opened for as long as it runs: a new kit's pages are in it.

    Raises KeeperSilent in a child of ``up``: only its parent opens unlockers.
    """
    if token.inherited():
        raise client.KeeperSilent
    if where not in _alone:
        custody = Custody(where)
        custody.begin()
        _alone[where] = custody
    return _alone[where].answer(verb, facts)
