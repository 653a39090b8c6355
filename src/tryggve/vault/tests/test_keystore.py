import contextlib
import errno
import re
import sqlite3
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import storage
from tryggve.vault.keystore import Keystore
from tryggve.vault.locked import cause_in_words
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, DAN

CREATE_300 = """
ring = opening.open_keyring(where)
for _ in range(30):
    for key in ring.create_keys([CILLA] * 10):
        print(key)
"""
CREATE_ON_A_FULL_DISK = """
import resource
ring = opening.open_keyring(where)
room = where.keys.stat().st_size + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    ring.create_keys([CILLA] * 1000)
except vault.Locked as refusal:
    print(type(refusal).__name__, refusal.exit_status)
"""
DIE_BEFORE_COMMIT = """
import sqlite3
class Dying(sqlite3.Connection):
    def execute(self, statement, *rest):
        if statement == "COMMIT":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *rest)
connect = sqlite3.connect
sqlite3.connect = lambda *address, **options: connect(*address, factory=Dying, **options)
opening.open_keyring(where).create_keys([CILLA] * 1000)
"""
WRITE_WITHIN_A_SECOND = """
ring = opening.open_keyring(where)
ring.loaded([CILLA])
print("read", flush=True)
def give_up(*_signal):
    print("waited", flush=True)
    os._exit(0)
signal.signal(signal.SIGALRM, give_up)
signal.alarm(1)
ring.create_keys([CILLA])
print("wrote")
"""
CREATE_FOR_EVER = """
ring = opening.open_keyring(where)
while True:
    print(*ring.create_keys([CILLA]), flush=True)
"""


def test_settings_that_sqlite_does_not_follow_are_refused() -> None:
    with sqlite3.connect(":memory:") as careless, pytest.raises(vault.KeyStoreUnsafe):
        storage.require_settings(careless)
    careless.close()


def test_connection_has_exactly_the_settings_of_the_design(where: Folders, ring: vault.Keyring) -> None:
    with storage.connected(where.keys) as connection:
        found = {name: storage.read_back(connection, name) for name in storage.SETTINGS}

    assert found == {
        "journal_mode": "delete",
        "secure_delete": 1,
        "synchronous": 3,
        "cache_spill": 0,
        "cache_size": -64000,
        "temp_store": 2,
    }


def test_destroyed_keys_leave_the_file_at_once(where: Folders, ring: vault.Keyring) -> None:
    keys = ring.create_keys([CILLA] * 2_500)
    erased, kept = keys[::2], keys[1::2]
    rows = Keystore(where.keys).wrapped_keys_and_state(keys)[0]
    assert {where.keys.read_bytes().count(row.wrapped) for row in rows.values()} == {1}

    ring.destroy_keys(erased)

    raw = b"".join(path.read_bytes() for path in where.data.iterdir() if path.is_file())
    assert [key for key in erased if rows[key].wrapped in raw or rows[key].wrapped[16:32] in raw] == []
    assert [key for key in erased if rows[key].commitment in raw or key.bytes in raw] == []
    assert {raw.count(rows[key].wrapped) for key in kept} == {1}


def test_destroy_is_idempotent(where: Folders, ring: vault.Keyring) -> None:
    first, second = ring.create_keys([CILLA, DAN])

    ring.destroy_keys([first])
    ring.destroy_keys([first, first, uuid4()])

    assert Keystore(where.keys).present([first, second]) == {second}


def test_two_processes_writing_at_once_lose_nothing(where: Folders, ring: vault.Keyring) -> None:
    both = [programs.begin(CREATE_300, where) for _ in range(2)]
    printed = [process.communicate(timeout=120) for process in both]
    made = [UUID(line) for out, _errors in printed for line in out.split()]

    assert [errors for _out, errors in printed] == ["", ""]
    assert len(set(made)) == 600
    assert Keystore(where.keys).present(made) == set(made)


def test_writers_wait_in_line_and_readers_do_not(where: Folders, ring: vault.Keyring) -> None:
    with Keystore(where.keys).alone():
        assert programs.run(WRITE_WITHIN_A_SECOND, where) == (0, "read\nwaited\n")
    assert programs.run(WRITE_WITHIN_A_SECOND, where) == (0, "read\nwrote\n")


def test_adding_100_000_keys_takes_at_most_100_transactions(where: Folders, ring: vault.Keyring) -> None:
    before = _file_change_counter(where.keys)

    keys = ring.create_keys([CILLA] * 100_000)

    assert _file_change_counter(where.keys) - before == 100
    assert len(set(keys)) == 100_000


def test_add_killed_in_its_transaction_leaves_nothing(where: Folders, ring: vault.Keyring) -> None:
    (kept,) = ring.create_keys([CILLA])

    status, printed = programs.run(DIE_BEFORE_COMMIT, where)

    assert (status, printed) == (-9, "")
    assert _count(where.keys) == 1
    assert Keystore(where.keys).present([kept]) == {kept}


def test_every_key_reported_before_a_kill_is_kept(where: Folders, ring: vault.Keyring) -> None:
    process = programs.begin(CREATE_FOR_EVER, where)
    assert process.stdout
    reported = [UUID(process.stdout.readline().strip()) for _ in range(20)]
    process.kill()
    process.communicate()

    assert Keystore(where.keys).present(reported) == set(reported)
    assert len(ring.create_keys([CILLA])) == 1


def test_add_on_a_full_disk_is_refused_and_keeps_nothing_of_it(where: Folders, ring: vault.Keyring) -> None:
    assert programs.run(CREATE_ON_A_FULL_DISK, where) == (0, "KeyStoreUnavailable 3\n")
    assert _count(where.keys) == 0
    assert len(ring.create_keys([CILLA] * 1000)) == 1000


def test_write_to_a_read_only_key_store_is_refused(where: Folders, ring: vault.Keyring) -> None:
    """Rights don't hold root back, so the connection itself is read-only here."""
    read_only = sqlite3.connect(f"{where.keys.as_uri()}?mode=ro", uri=True)

    with (
        contextlib.closing(read_only),
        pytest.raises(vault.KeyStoreUnavailable, match=re.escape(str(where.keys))),
        storage.in_words(where.keys),
    ):
        read_only.execute("DELETE FROM keys")


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, ""), "full"),
        (OSError(errno.EROFS, ""), "right"),
        (OSError(errno.EACCES, ""), "right"),
        (OSError(errno.EIO, ""), "error"),
    ],
    ids=["full", "read-only", "forbidden", "broken"],
)
def test_cause_in_words_tells_causes_apart(error: OSError, cause: str) -> None:
    with translation.override("en"):
        assert cause in cause_in_words(error)


def _count(path: Path) -> int:
    with storage.connected(path) as connection:
        answer: int = connection.execute("SELECT count(*) FROM keys").fetchone()[0]
    return answer


def _file_change_counter(path: Path) -> int:
    """SQLite's own count of transactions that changed the file (file format §1.3.10)."""
    return int.from_bytes(path.read_bytes()[24:28])
