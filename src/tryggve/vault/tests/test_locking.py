"""Whoever holds the key-encryption key lets go of it when the register was locked."""

from collections.abc import Callable

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.holding import KeyEncryptionKeys
from tryggve.vault.keys import Keyring
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

LOCK = """
from tryggve.vault.keystore import Keystore
Keystore(where.keys).bump_lock()
"""
WRITE_BETWEEN_STATE_AND_KEYS = """
import sqlite3
connect = sqlite3.connect
class Interrupted(sqlite3.Connection):
    def execute(self, statement, *rest):
        if statement.startswith("SELECT id, wrapped"):
            other = connect(where.keys, timeout=0, isolation_level=None)
            try:
                other.execute("UPDATE state SET lock_count = lock_count + 1")
                print("written")
            except sqlite3.OperationalError as error:
                print(error)
            other.close()
        return super().execute(statement, *rest)
ring = opening.open_keyring(where)
sqlite3.connect = lambda *address, **options: connect(*address, factory=Interrupted, **options)
ring.loaded([CILLA])
"""


class Door:
    """Where a keyring asks, and how often it did; shut, it refuses."""

    def __init__(self, where: Folders) -> None:
        self.where = where
        self.is_open = True
        self.asked = 0

    def __call__(self) -> KeyEncryptionKeys:
        self.asked += 1
        if not self.is_open:
            raise vault.NotUnlocked
        return opening.unlock(self.where).keys()


@pytest.fixture
def door(where: Folders, ring: vault.Keyring) -> Door:
    return Door(where)


@pytest.fixture
def behind(where: Folders, door: Door) -> Keyring:
    return Keyring(Keystore(where.keys), door)


def _seal(ring: Keyring) -> bytes:
    (key,) = ring.create_keys([CILLA])
    return ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def test_keys_are_asked_for_once(behind: Keyring, door: Door) -> None:
    for _ in range(3):
        assert behind.open(_seal(behind), bound_to=CILLAS_DETAILS) == b"hello"

    assert door.asked == 1


def test_lock_by_another_process_is_noticed_at_the_next_use(
    behind: Keyring, door: Door, where: Folders
) -> None:
    blob = _seal(behind)
    assert programs.run(LOCK, where) == (0, "")
    door.is_open = False
    (key,) = [vault.key_id_of(blob)]

    uses: list[Callable[[], object]] = [
        lambda: behind.open(blob, bound_to=CILLAS_DETAILS),
        lambda: behind.seal(b"hello", key=key, bound_to=CILLAS_DETAILS),
        lambda: behind.loaded([key]),
        lambda: behind.create_keys([CILLA]),
        lambda: list(behind.open_many([(blob, CILLAS_DETAILS)])),
    ]
    for use in uses:
        with pytest.raises(vault.NotUnlocked):
            use()
    assert behind._held is None


def test_nobody_locks_or_rotates_between_the_look_at_the_state_and_at_the_keys(
    where: Folders, ring: vault.Keyring
) -> None:
    assert programs.run(WRITE_BETWEEN_STATE_AND_KEYS, where) == (0, "database is locked\n")


def test_lock_is_noticed_by_who_only_makes_keys(behind: Keyring, door: Door, where: Folders) -> None:
    _seal(behind)
    before = Keystore(where.keys).newest_id()
    Keystore(where.keys).bump_lock()
    door.is_open = False

    with pytest.raises(vault.NotUnlocked):
        behind.create_keys([CILLA])
    assert (Keystore(where.keys).newest_id(), behind._held) == (before, None)


def test_unlocked_again_the_same_keyring_goes_on(behind: Keyring, door: Door, where: Folders) -> None:
    blob = _seal(behind)
    Keystore(where.keys).bump_lock()
    door.is_open = False
    with pytest.raises(vault.NotUnlocked):
        behind.open(blob, bound_to=CILLAS_DETAILS)
    door.is_open = True

    assert behind.open(blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert behind.open(_seal(behind), bound_to=CILLAS_DETAILS) == b"hello"


def test_keys_of_an_earlier_lock_count_are_not_used_however_often_they_are_given(
    where: Folders, ring: vault.Keyring
) -> None:
    """A source that keeps them too long is refused as well."""
    kept = opening.unlock(where).keys()
    behind = Keyring(Keystore(where.keys), lambda: kept)
    blob = _seal(behind)
    Keystore(where.keys).bump_lock()

    with pytest.raises(vault.KeysChanging):
        behind.open(blob, bound_to=CILLAS_DETAILS)
    with pytest.raises(vault.KeysChanging):
        behind.create_keys([CILLA])


def test_what_needs_no_key_works_while_locked(behind: Keyring, door: Door, where: Folders) -> None:
    blob = _seal(behind)
    Keystore(where.keys).bump_lock()
    door.is_open = False
    key = vault.key_id_of(blob)

    assert behind.missing([key, CILLA]) == {CILLA}
    assert behind.newest_key() == key
    behind.destroy_keys([key])
    assert behind.newest_key() is None


def test_key_file_opens_again_after_a_lock(where: Folders, ring: vault.Keyring) -> None:
    """With a key file in its place, a lock holds only where a keeper asks first."""
    blob = _seal(ring)
    Keystore(where.keys).bump_lock()

    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_unlocked_keys_survive_the_way_over_a_socket(where: Folders, ring: vault.Keyring) -> None:
    unlocked = opening.unlock(where)
    again = type(unlocked).from_facts(unlocked.facts())

    assert (again, again.secrets) == (unlocked, unlocked.secrets)
    assert unlocked.current.hex() not in f"{unlocked!r} {unlocked}"
