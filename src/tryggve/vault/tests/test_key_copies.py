"""What a copied key store tells, and what today's keys read with it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest

from tryggve import vault
from tryggve.lib import errors
from tryggve.lib.folders import Folders
from tryggve.vault import opening, rotation
from tryggve.vault.key_copies import CopyDamaged, CopyNewer, CopyTooOld, KeyCopy, UnderOtherKeys
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, version_1, version_2
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN, details_of
from tryggve.vault.tests.copies import NOW, copied
from tryggve.vault.tests.rotating import Firm

WITHOUT_A_BYTE_TO_ANY_FILE = """
import resource
from uuid import UUID
from tryggve.vault.key_copies import KeyCopy
path, key, blob = sys.argv[3:6]
content = Path(path).read_bytes()
unlocked = opening.unlock(where)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    (where.run / "probe").write_bytes(b"x")
except OSError:
    print("no byte is written", flush=True)
with KeyCopy(content) as copy:
    assert copy.is_whole()
    assert copy.present([UUID(key)]) == {UUID(key)}
    copy.tombstones()
    print(copy.keys(unlocked).open(bytes.fromhex(blob), bound_to=CILLAS_DETAILS).decode())
"""


@pytest.fixture
def blob(ring: vault.Keyring) -> bytes:
    [key] = ring.create_keys([CILLA])
    return ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def test_copy_holds_the_keys_of_its_time_and_no_others(chosen: Folders, ring: vault.Keyring) -> None:
    before = ring.create_keys([CILLA] * 2_100)
    content = copied(chosen)
    [after] = ring.create_keys([CILLA])
    ring.erase_keys({CILLA: before}, at=NOW)

    with KeyCopy(content) as copy:
        assert copy.is_whole()
        assert copy.present([*before, after, uuid4()]) == set(before)
        assert copy.destroyed(before) == set()
    with KeyCopy(copied(chosen)) as copy:
        assert copy.present([*before, after]) == {after}
        assert copy.destroyed([*before[:2], after]) == set(before[:2])


def test_copy_tells_how_its_ledger_stood(chosen: Folders, ring: vault.Keyring) -> None:
    ring.erase_keys({CILLA: ring.create_keys([CILLA]), DAN: []}, at=NOW)
    state, entries, content = vault.ledger_state(), vault.tombstones(), copied(chosen)
    ring.erase_keys({uuid4(): []}, at=NOW)

    with KeyCopy(content) as copy:
        assert (copy.ledger_state(), copy.tombstones()) == (state, entries)
    assert vault.ledger_state_at(2) == state != vault.ledger_state()


def test_copy_reads_with_its_own_key_what_was_erased_since(
    chosen: Folders, ring: vault.Keyring, blob: bytes
) -> None:
    content = copied(chosen)
    ring.erase_keys({CILLA: [vault.key_id_of(blob)]}, at=NOW)
    today = opening.unlocked(chosen)

    with KeyCopy(content) as copy:
        assert copy.keys(today).open(blob, bound_to=CILLAS_DETAILS) == b"hello"
        with pytest.raises(vault.Damaged):
            copy.keys(today).open(blob, bound_to=details_of(DAN))
    with KeyCopy(copied(chosen)) as copy, pytest.raises(vault.KeyGone):
        copy.keys(today).open(blob, bound_to=CILLAS_DETAILS)


def test_copy_from_before_a_lock_opens_as_ever(where: Folders, blob: bytes) -> None:
    content = copied(where)
    Keystore(where.keys).bump_lock()

    assert _read(content, blob, where) == b"hello"


def test_copy_from_before_a_rotation_holds_the_key_but_todays_dont_open_it(
    where: Folders, blob: bytes
) -> None:
    content = copied(where)
    rotation.rotate(where, opening.unlock(where))
    gone = bytes([1]) + uuid4().bytes + blob[17:]

    assert _read(copied(where), blob, where) == b"hello"
    with pytest.raises(UnderOtherKeys):
        _read(content, blob, where)
    with pytest.raises(vault.KeyGone):
        _read(content, gone, where)


def test_copy_of_another_register_is_under_other_keys_though_its_generation_is_the_same(
    where: Folders, blob: bytes, firm: Firm
) -> None:
    with pytest.raises(UnderOtherKeys):
        _read(copied(where), blob, firm.where)


def test_copy_from_amidst_a_rotation_opens_keys_of_both_generations(firm: Firm) -> None:
    where = firm.where
    begun = rotation.begin(where, opening.unlock(where))
    amidst = copied(where)
    [new] = opening.open_keyring(where).create_keys([CILLA])
    blob = opening.open_keyring(where).seal(b"hello", key=new, bound_to=CILLAS_DETAILS)
    with_both = copied(where)
    rotation.resume(where, begun)

    assert {_read(amidst, firm.blobs[0], where), _read(with_both, blob, where)} == {b"hello"}


def test_copy_from_before_a_rotation_that_still_goes_on_opens(firm: Firm) -> None:
    where = firm.where
    before = copied(where)
    rotation.begin(where, opening.unlock(where))

    assert _read(before, firm.blobs[0], where) == b"hello"


def test_sealed_file_is_read_with_the_copys_key(chosen: Folders, ring: vault.Keyring) -> None:
    [key] = ring.create_keys([CILLA])
    binding, path = replace(CILLAS_DETAILS, part="files"), chosen.files / "one"
    chosen.logs.joinpath("source").write_bytes(b"picture" * 100_000)
    with chosen.logs.joinpath("source").open("rb") as source:
        vault.seal_file(source, path, key=key, bound_to=binding)
    content = copied(chosen)
    ring.destroy_keys([key])

    with pytest.raises(vault.KeyGone):
        vault.open_file(path, bound_to=binding)
    with KeyCopy(content) as copy:
        keys = copy.keys(opening.unlocked(chosen))
        with vault.open_file(path, bound_to=binding, keys=keys) as file:
            assert file.read(7) == b"picture"


def test_copy_of_version_2_is_read_as_it_is(where: Folders, blob: bytes) -> None:
    version_2.go_back(where)
    content = copied(where)
    opening.unlock(where)

    assert _read(content, blob, where) == b"hello"
    with KeyCopy(content) as copy:
        assert copy.is_whole()
        assert (copy.ledger_state().count, copy.tombstones()) == (0, [])


def test_copy_of_version_1_is_too_old(where: Folders) -> None:
    version_1.begin(where, CILLA)
    _refused(copied(where), CopyTooOld)


def test_copy_of_a_newer_version_is_told_so(where: Folders, ring: vault.Keyring) -> None:
    with closing(sqlite3.connect(where.keys)) as store:
        store.execute("PRAGMA user_version = 4")
    _refused(copied(where), CopyNewer)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"not a database" * 1000, b"SQLite format 3\0" + bytes(84)],
    ids=["empty", "a byte", "text", "a header alone"],
)
def test_what_is_no_key_store_is_damaged(content: bytes) -> None:
    _refused(content, CopyDamaged)


def test_database_of_another_program_is_damaged() -> None:
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE keys (id)")
        _refused(other.serialize(), CopyDamaged)


@pytest.mark.parametrize("version", [3, 2])
def test_nothing_of_a_copy_is_written_to_a_disk(
    where: Folders, ring: vault.Keyring, blob: bytes, version: int
) -> None:
    ring.create_keys([CILLA] * 20_000)
    ring.erase_keys({DAN: []}, at=NOW)
    if version == 2:
        version_2.go_back(where)
    path = where.run / "copy"
    path.write_bytes(copied(where))
    program = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + WITHOUT_A_BYTE_TO_ANY_FILE

    answer = programs.run(program, where, str(path), str(vault.key_id_of(blob)), blob.hex())

    assert answer == (0, "no byte is written\nhello\n")


def test_copy_is_for_reading(where: Folders, ring: vault.Keyring) -> None:
    content = copied(where)
    with KeyCopy(content) as copy:
        assert copy.is_whole()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            copy._connection.execute("DELETE FROM slots")


def _read(content: bytes, blob: bytes, where: Folders) -> bytes:
    with KeyCopy(content) as copy:
        return copy.keys(opening.unlock(where)).open(blob, bound_to=CILLAS_DETAILS)


def _refused(content: bytes, refusal: type[errors.Refusal]) -> None:
    with KeyCopy(content) as copy:
        assert not copy.is_whole()
        for ask in (copy.contents, copy.tombstones, copy.ledger_state, lambda: copy.present([])):
            with pytest.raises(refusal):
                ask()
