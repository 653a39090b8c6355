"""A copy of a key store, from its bytes and in memory alone: what it holds, and what today's keys read with it.

For most cases use these two::

    with KeyCopy(copied) as copy:
        there = copy.present(key_ids)
        plaintext = copy.keys(opening.unlocked(where)).open(blob, bound_to=binding)

No byte of a copy is written to a disk: it may hold keys that were destroyed since.
"""

import contextlib
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.lib import errors
from tryggve.vault import keystore, ledger, schema, sealing, storage, unlocking
from tryggve.vault.binding import Binding
from tryggve.vault.holding import KeyEncryptionKeys
from tryggve.vault.keys import Loaded
from tryggve.vault.keystore import Contents
from tryggve.vault.ledger import LedgerState, Tombstone
from tryggve.vault.unlocking import Unlocked

# Neither a journal nor a temporary table of what is in memory goes to the disk; what is deleted leaves no bytes.
_IN_MEMORY = {"journal_mode": "memory", "temp_store": 2, "secure_delete": 1}
_OLDEST_WITH_KITS = 2


class CopyDamaged(errors.Refusal):
    sentence = gettext_lazy(
        "This copy of the key store is damaged. Nothing was changed: take another copy of it, from another day "
        "or another place."
    )


class CopyNewer(errors.Refusal):
    sentence = gettext_lazy(
        "This copy of the key store was written by a newer Tryggve. Nothing was changed: use the newer version."
    )


class CopyTooOld(errors.Refusal):
    sentence = gettext_lazy(
        "This copy of the key store is from before there were recovery kits; only its own key file opens it. "
        "Nothing was changed: take a newer copy."
    )


class UnderOtherKeys(sealing.CannotOpen):
    """The copy holds the key, wrapped by a key-encryption key that was replaced since, or by another register's."""

    sentence = gettext_lazy(
        "The key is in this copy of the key store, but the keys in use today don't open it: they were replaced since. "
        "Nothing was changed: take a copy from after that, or open this one with a recovery kit of its time."
    )


class KeyCopy:
    """One copy; for one thread, and as long as the block. Every method but ``is_whole`` raises CopyDamaged,
    CopyNewer, CopyTooOld.
    """

    def __init__(self, copied: bytes) -> None:
        self._copied = copied
        self._until_the_end = contextlib.ExitStack()

    def __enter__(self) -> "KeyCopy":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._until_the_end.close()

    def is_whole(self) -> bool:
        """Whether it is a key store of a version that can be read here, without damage, its ledger followed."""
        try:
            with _in_words():
                [answer] = self._connection.execute("PRAGMA integrity_check").fetchone()
                self._connection.execute(
                    "SELECT wrapped, commitment, generation FROM keys LIMIT 1"
                ).fetchone()
                self._connection.execute("SELECT tag FROM barred LIMIT 1").fetchone()
                self.contents()
                self.ledger_state()
        except errors.Refusal:
            return False
        return bool(answer == "ok")

    def contents(self) -> Contents:
        """All but the keys."""
        with _in_words():
            return keystore.contents_in(self._connection)

    def ids(self) -> frozenset[UUID]:
        """Those of all keys that it holds."""
        with _in_words():
            return frozenset(UUID(bytes=row[0]) for row in self._connection.execute("SELECT id FROM keys"))

    def present(self, ids: Collection[UUID]) -> set[UUID]:
        """Those whose keys it holds."""
        with _in_words():
            return keystore.present_in(self._connection, list(ids))

    def destroyed(self, ids: Collection[UUID]) -> set[UUID]:
        """Those whose keys it says were destroyed."""
        return {one.key for one in self.tombstones() if one.key} & set(ids)

    def tombstones(self) -> list[Tombstone]:
        """Every entry of its ledger, the oldest first."""
        return [entry for entry, _hash in self._entries]

    def ledger_state(self) -> LedgerState:
        """How its ledger stands."""
        return ledger.state_of(self._entries)

    def ledger_state_at(self, count: int) -> LedgerState:
        """How it stood with so many entries, or as it stands when there are fewer."""
        return ledger.state_of(self._entries[:count])

    def keys(self, unlocked: Unlocked) -> "CopiedKeys":
        """What reads with the copy's keys, as far as these key-encryption keys unwrap them."""
        return CopiedKeys(self, _unwrapping(self.contents(), unlocked))

    def loaded(self, key: UUID, under: KeyEncryptionKeys) -> Loaded:
        """One of its keys, for who can unwrap it."""
        with _in_words():
            return Loaded(keystore.wrapped_in(self._connection, [key]), under=under)

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        opened = self._until_the_end.enter_context(in_memory(self._copied))
        opened.execute("PRAGMA query_only = ON")
        return opened

    @cached_property
    def _entries(self) -> list[tuple[Tombstone, bytes]]:
        with _in_words():
            return list(ledger.followed(ledger.rows_in(self._connection)))


@dataclass(frozen=True)
class CopiedKeys:
    """A keyring that only opens, with the keys of a copy: customers', not staff members'."""

    copy: KeyCopy
    under: KeyEncryptionKeys | None

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes:
        """The plaintext. Raises KeyGone where the copy doesn't hold its key, UnderOtherKeys where today's keys don't
        unwrap it; Damaged, NewerFormat.
        """
        key = sealing.key_id_of(blob)
        if not self.copy.present([key]):
            raise sealing.KeyGone
        if self.under is None:
            raise UnderOtherKeys
        return self.copy.loaded(key, self.under).open(blob, bound_to=bound_to)


@contextlib.contextmanager
def in_memory(copied: bytes) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of the bytes, brought up to date there: what is written to it stays in memory.

    Raises CopyDamaged, CopyNewer, CopyTooOld.
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with _in_words():
            connection.deserialize(copied or b"\0")
            for name, value in _IN_MEMORY.items():
                connection.execute(f"PRAGMA {name} = {value}").fetchall()
            _bring_up_to_date(connection)
        yield connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    if storage.read_back(connection, "application_id") != schema.APPLICATION_ID:
        raise CopyDamaged
    version = int(storage.read_back(connection, "user_version"))
    if version > schema.VERSION:
        raise CopyNewer
    if version < _OLDEST_WITH_KITS:
        raise CopyTooOld if version else CopyDamaged
    if version < schema.VERSION:
        with storage.committed(connection):
            schema.upgrade_from_2(connection)


def _unwrapping(contents: Contents, unlocked: Unlocked) -> KeyEncryptionKeys | None:
    """Today's key-encryption keys, and those that the copy keeps under them; None where they aren't the copy's.

    The copy of the service key, which lies under the same, tells: the number of a generation alone could be another's.
    """
    generation = contents.state.generation
    try:
        unlocking.service_key_of(contents.service_key, unlocked)
        current = unlocked.secrets[contents.service_key.generation]
        held = {generation: current}
        if contents.former is not None:
            held[generation - 1] = unlocking.former_of(contents.former, current, generation)
    except sealing.Damaged:
        return None
    return Unlocked(contents.state, held).keys()


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of the program, not of the copy
    except (
        sqlite3.DatabaseError,
        OSError,
        OverflowError,
        TypeError,
        ValueError,
    ):  # also an id or a time that can't be
        raise CopyDamaged from None
