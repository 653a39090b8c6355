"""A kept connection shows what a new one would."""

import contextlib
import gc
import shutil
import sqlite3
from collections.abc import Callable

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import reading
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

DESTROY = """
from uuid import UUID
from tryggve.vault.keystore import Keystore
Keystore(where.keys).destroy([UUID(sys.argv[3])])
"""
READ_IN_A_FORK = """
from tryggve.vault import reading
from tryggve.vault.keystore import Keystore
reading.SETTLED_SECONDS = -1.0
store = Keystore(where.keys)
store.wrapped_keys_and_state([])
[(_sight, parents)] = store._kept._free
child = os.fork()
if child == 0:
    store.wrapped_keys_and_state([])
    [(_sight, own)] = store._kept._free
    os._exit(0 if own is not parents and reading._inherited == [parents] else 1)
print(os.waitpid(child, 0)[1], store.wrapped_keys_and_state([])[0])
"""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had written to the key store for a while."""
    monkeypatch.setattr(reading, "SETTLED_SECONDS", -1.0)


@pytest.fixture
def store(where: Folders, ring: vault.Keyring, settled: None) -> Keystore:
    return Keystore(where.keys)


def _kept(store: Keystore) -> list[sqlite3.Connection]:
    return [connection for _sight, connection in store._kept._free]


def test_second_reading_uses_the_connection_of_the_first(store: Keystore) -> None:
    store.wrapped_keys_and_state([])
    first = _kept(store)
    store.wrapped_keys_and_state([CILLA])

    assert len(first) == 1
    assert _kept(store) == first


def test_who_reads_meanwhile_gets_another_connection(store: Keystore) -> None:
    with store._at_one_moment() as one, store._at_one_moment() as another:
        assert one is not another

    assert sorted(map(id, _kept(store))) == sorted(map(id, [one, another]))


def test_no_more_than_four_are_kept(store: Keystore) -> None:
    with contextlib.ExitStack() as together:
        for _reader in range(5):
            together.enter_context(store._at_one_moment())

    assert len(_kept(store)) == 4


def test_connection_to_a_file_changed_lately_is_not_kept(where: Folders, ring: vault.Keyring) -> None:
    """On a file system that counts in seconds, the next change might not show."""
    store = Keystore(where.keys)
    store.wrapped_keys_and_state([])

    assert _kept(store) == []


def test_key_destroyed_by_another_process_is_gone_at_the_next_reading(
    where: Folders, ring: vault.Keyring, settled: None
) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"

    assert programs.run(DESTROY, where, str(key)) == (0, "")

    with pytest.raises(vault.KeyGone):
        ring.open(blob, bound_to=CILLAS_DETAILS)


def test_lock_by_another_is_seen_at_the_next_reading(store: Keystore, where: Folders) -> None:
    before = store.wrapped_keys_and_state([])[1]
    Keystore(where.keys).bump_lock()

    assert store.wrapped_keys_and_state([])[1].lock_count == before.lock_count + 1


def test_copy_put_in_its_place_is_what_is_read(where: Folders, ring: vault.Keyring, store: Keystore) -> None:
    (key,) = ring.create_keys([CILLA])
    copy = where.keys.with_name("copy")
    shutil.copy2(where.keys, copy)
    ring.destroy_keys([key])
    assert store.wrapped_keys_and_state([key])[0] == {}

    copy.replace(where.keys)

    assert list(store.wrapped_keys_and_state([key])[0]) == [key]


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (lambda where: where.keys.unlink(), vault.KeyStoreMissing),
        (lambda where: where.keys.write_bytes(bytes(8192)), vault.KeyStoreDamaged),
        (lambda where: sqlite3.connect(where.keys).execute("PRAGMA user_version = 4"), vault.KeyStoreNewer),
        (lambda where: sqlite3.connect(where.keys).execute("DROP TABLE keys"), vault.KeyStoreDamaged),
    ],
    ids=["gone", "overwritten", "newer", "emptied"],
)
def test_what_befalls_the_file_is_told_at_the_next_reading(
    store: Keystore, where: Folders, harm: Callable[[Folders], object], error: type[Exception]
) -> None:
    store.wrapped_keys_and_state([])
    harm(where)

    with pytest.raises(error):
        store.wrapped_keys_and_state([CILLA])


def test_connection_on_which_a_reading_failed_is_closed(store: Keystore) -> None:
    with pytest.raises(ValueError, match="no"), store._at_one_moment() as connection:
        raise ValueError("no")

    assert _kept(store) == []
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_connection_is_kept_without_the_pages_that_it_read(store: Keystore) -> None:
    statements: list[str] = []
    with store._at_one_moment() as connection:
        connection.set_trace_callback(statements.append)
    connection.set_trace_callback(None)

    assert statements == ["COMMIT", "PRAGMA shrink_memory"]


def test_connections_end_with_their_key_store(where: Folders, ring: vault.Keyring, settled: None) -> None:
    store = Keystore(where.keys)
    store.wrapped_keys_and_state([])
    (connection,) = _kept(store)
    del store
    gc.collect()

    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_child_of_a_fork_opens_its_own_and_leaves_its_parents_alone(
    where: Folders, ring: vault.Keyring
) -> None:
    assert programs.run(READ_IN_A_FORK, where) == (0, "0 {}\n")
