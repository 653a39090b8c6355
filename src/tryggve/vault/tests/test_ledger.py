"""The erasure ledger: entered in the transaction that destroys the keys, and never changed."""

import contextlib
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import ledger, opening, rotation
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, vector_files
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN

NOW = datetime(2026, 11, 22, 18, 0, 0, 999, tzinfo=UTC)
TO_THE_SECOND = NOW.replace(microsecond=0)
DIE_BEFORE_COMMIT = """
import sqlite3
from datetime import UTC, datetime
from uuid import UUID
ring = opening.open_keyring(where)
class Dying(sqlite3.Connection):
    def execute(self, statement, *rest):
        if statement == "COMMIT" and self.total_changes:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *rest)
connect = sqlite3.connect
sqlite3.connect = lambda *address, **options: connect(*address, factory=Dying, **options)
ring.erase_keys({CILLA: [UUID(sys.argv[3])]}, at=datetime(2026, 11, 22, tzinfo=UTC))
"""


@pytest.fixture
def used(chosen: Folders) -> vault.Keyring:
    """The keyring of the register that this process is for."""
    vault.create(chosen)
    return vault.keyring()


def test_ledger_of_a_new_register_is_empty(used: vault.Keyring) -> None:
    assert vault.tombstones() == []
    assert vault.ledger_state() == vault.LedgerState(0, bytes(32))


def test_erasure_destroys_the_keys_and_enters_each_of_them(used: vault.Keyring) -> None:
    cilla, merge, dan = used.create_keys([CILLA, CILLA, DAN])

    used.erase_keys({CILLA: [cilla, merge]}, at=NOW)

    assert used.missing([cilla, merge, dan]) == {cilla, merge}
    assert vault.tombstones() == [
        vault.Tombstone(CILLA, cilla, TO_THE_SECOND),
        vault.Tombstone(CILLA, merge, TO_THE_SECOND),
    ]


def test_subject_whose_key_is_not_known_is_entered_without_one(used: vault.Keyring) -> None:
    used.erase_keys({CILLA: []}, at=NOW)
    assert vault.tombstones() == [vault.Tombstone(CILLA, None, TO_THE_SECOND)]


def test_first_of_somebodys_keys_that_was_destroyed_tells_when_that_was(used: vault.Keyring) -> None:
    assert vault.buried_at(CILLA) is None
    for days, keys in ((0, used.create_keys([CILLA])), (1, used.create_keys([CILLA]))):
        used.erase_keys({CILLA: keys}, at=NOW + timedelta(days=days))
    assert (vault.buried_at(CILLA), vault.buried_at(DAN)) == (TO_THE_SECOND, None)


def test_erasure_done_again_is_entered_once(used: vault.Keyring) -> None:
    [cilla] = used.create_keys([CILLA])
    for _time in range(2):
        used.erase_keys({CILLA: [cilla, cilla], DAN: []}, at=NOW)
    assert [(one.subject, one.key) for one in vault.tombstones()] == [(CILLA, cilla), (DAN, None)]


def test_erasure_killed_before_its_commit_destroys_nothing_and_enters_nothing(
    chosen: Folders, used: vault.Keyring
) -> None:
    [cilla] = used.create_keys([CILLA])
    blob = used.seal(b"hello", key=cilla, bound_to=CILLAS_DETAILS)

    assert programs.run(DIE_BEFORE_COMMIT, chosen, str(cilla)) == (-signal.SIGKILL, "")

    assert used.open(blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert vault.tombstones() == []


def test_first_entries_have_one_hash_whatever_follows(used: vault.Keyring) -> None:
    used.erase_keys({CILLA: []}, at=NOW)
    first = vault.ledger_state()
    used.erase_keys({DAN: []}, at=NOW + timedelta(days=1))

    assert vault.ledger_state_at(1) == first
    assert vault.ledger_state_at(9) == vault.ledger_state() != first
    assert (first.count, str(first)) == (1, f"1 {first.hash.hex()}")


@pytest.mark.parametrize("statement", ["DELETE FROM erased", "UPDATE erased SET at = 1"])
def test_entry_is_neither_changed_nor_taken_out(chosen: Folders, used: vault.Keyring, statement: str) -> None:
    used.erase_keys({CILLA: []}, at=NOW)
    with contextlib.closing(sqlite3.connect(chosen.keys)) as store, pytest.raises(sqlite3.IntegrityError):
        store.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO erased VALUES (2, x'00', NULL, 1, zeroblob(32))",
        "INSERT INTO erased VALUES (2, zeroblob(16), CAST('Cilla Åkerström' AS BLOB), 1, zeroblob(32))",
        "INSERT INTO erased VALUES (2, 'Cilla Akerstroem', NULL, 1, zeroblob(32))",
        "INSERT INTO erased VALUES (2, zeroblob(16), NULL, 'she asked', zeroblob(32))",
    ],
)
def test_words_find_no_place_in_the_ledger(chosen: Folders, used: vault.Keyring, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(chosen.keys)) as store, pytest.raises(sqlite3.IntegrityError):
        store.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM erased WHERE place = 1",
        "UPDATE erased SET subject = randomblob(16) WHERE place = 1",
        "UPDATE erased SET at = at + 1 WHERE place = 2",
    ],
)
def test_ledger_that_was_tampered_with_is_damaged(
    chosen: Folders, used: vault.Keyring, statement: str
) -> None:
    used.erase_keys({CILLA: [], DAN: []}, at=NOW)
    with contextlib.closing(sqlite3.connect(chosen.keys)) as store:
        store.executescript(f"DROP TRIGGER erased_stays; DROP TRIGGER erased_is_so; {statement};")

    for ask in (vault.tombstones, vault.ledger_state):
        with pytest.raises(vault.KeyStoreDamaged):
            ask()


def test_ledger_is_read_while_the_register_is_locked(chosen: Folders, used: vault.Keyring) -> None:
    used.erase_keys({CILLA: []}, at=NOW)
    chosen.key_file.unlink()
    vault.forget()
    assert [one.subject for one in vault.tombstones()] == [CILLA]


def test_rotation_leaves_the_ledger_as_it_is(chosen: Folders, used: vault.Keyring) -> None:
    [cilla, dan] = used.create_keys([CILLA, DAN])
    used.erase_keys({CILLA: [cilla]}, at=NOW)
    before = vault.ledger_state()
    rotation.rotate(chosen, opening.unlock(chosen))
    assert (vault.ledger_state(), vault.keyring().missing([cilla, dan])) == (before, {cilla})


def test_destroyed_keys_leave_the_file_at_once(chosen: Folders, used: vault.Keyring) -> None:
    keys = used.create_keys([CILLA] * 100)
    rows = Keystore(chosen.keys).wrapped_keys_and_state(keys)[0]
    used.erase_keys({CILLA: keys[::2]}, at=NOW)
    raw = b"".join(path.read_bytes() for path in chosen.data.iterdir() if path.is_file())
    assert {raw.count(rows[key].wrapped) + raw.count(rows[key].commitment) for key in keys[::2]} == {0}
    assert {raw.count(rows[key].wrapped) for key in keys[1::2]} == {1}


def test_hashes_are_those_of_the_vectors() -> None:
    told, before = vector_files.of("ledger"), ledger.BEGINNING
    for vector in told:
        key = UUID(vector["key"]) if vector["key"] else None
        one = vault.Tombstone(UUID(vector["subject"]), key, datetime.fromtimestamp(vector["at"], UTC))
        before = one.hash_after(before)
        assert before.hex() == vector["hash"]
    assert len(told) == 3


@given(first=st.uuids(), second=st.uuids())
def test_hash_tells_any_two_entries_apart(first: UUID, second: UUID) -> None:
    subjects, keys = {first, second}, {first, second, None}
    hashes = {
        vault.Tombstone(subject, key, NOW).hash_after(ledger.BEGINNING)
        for subject in subjects
        for key in keys
    }
    assert len(hashes) == len(subjects) * len(keys)


def test_tags_of_whom_no_list_may_bring_back_stay(used: vault.Keyring) -> None:
    first, second = "b" * 32, "a" * 32
    assert vault.barred_tags() == set()
    for tags in ([first], [first, second], ()):
        used.erase_keys({CILLA: []}, at=NOW, barred=tags)
    assert vault.barred_tags() == {first, second}


def test_tags_lie_in_an_order_that_tells_nothing_and_are_never_taken_away(
    used: vault.Keyring, where: Folders
) -> None:
    for tag in ("b" * 32, "a" * 32):
        used.erase_keys({CILLA: []}, at=NOW, barred=[tag])
    with contextlib.closing(sqlite3.connect(where.keys)) as store:
        assert store.execute("SELECT * FROM barred").fetchall() == [("a" * 32,), ("b" * 32,)]
        for change in ("DELETE FROM barred", "UPDATE barred SET tag = tag"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                store.execute(change)
