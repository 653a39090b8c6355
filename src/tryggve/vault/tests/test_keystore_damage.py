"""What is said of a key store that is missing, newer, cut short or damaged."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault import opening, schema, storage
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS


def test_missing_key_store_is_refused_and_not_made(where: Folders, ring: vault.Keyring) -> None:
    where.keys.unlink()

    with pytest.raises(vault.KeyStoreMissing, match=str(where.keys)):
        ring.create_keys([CILLA])
    assert not where.keys.exists()


def test_key_store_of_a_newer_version_is_refused(where: Folders, ring: vault.Keyring) -> None:
    _execute(where.keys, "PRAGMA user_version = 4")

    with pytest.raises(vault.KeyStoreNewer):
        ring.create_keys([CILLA])


@pytest.mark.parametrize("length", [0, 1, 100, 4096, 8192])
def test_truncated_key_store_is_damaged(where: Folders, ring: vault.Keyring, length: int) -> None:
    ring.create_keys([CILLA] * 100)
    where.keys.write_bytes(where.keys.read_bytes()[:length])

    with pytest.raises(vault.KeyStoreDamaged):
        opening.open_keyring(where)
    assert where.keys.stat().st_size == length


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000], ids=["empty", "text"])
def test_file_that_is_no_key_store_is_damaged(where: Folders, content: bytes) -> None:
    vault.create(where)
    where.keys.write_bytes(content)

    with pytest.raises(vault.KeyStoreDamaged):
        vault.create(where)
    assert where.keys.read_bytes() == content


def test_database_without_our_tables_is_damaged(where: Folders) -> None:
    vault.create(where)
    where.keys.unlink()
    _execute(where.keys, f"PRAGMA application_id = {schema.APPLICATION_ID}")

    with pytest.raises(vault.KeyStoreDamaged):
        opening.open_keyring(where)


def test_database_with_another_programs_mark_is_damaged(where: Folders, ring: vault.Keyring) -> None:
    _execute(where.keys, "PRAGMA application_id = 7")

    with pytest.raises(vault.KeyStoreDamaged):
        ring.create_keys([CILLA])


def test_damage_among_the_keys_is_found_at_the_start(where: Folders, ring: vault.Keyring) -> None:
    ring.create_keys([CILLA] * 1000)
    content = where.keys.read_bytes()
    where.keys.write_bytes(content[:-4096] + bytes(4096))

    with pytest.raises(vault.KeyStoreDamaged):
        opening.open_keyring(where)


def test_connection_never_makes_a_file(where: Folders) -> None:
    with pytest.raises(sqlite3.OperationalError), storage.connected(where.keys):
        pass
    assert not where.keys.exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folders, bytes, bytes]:
    """A firm with one customer: its folders, the key store's bytes, the customer's blob."""
    firm = Folders(data=tmp_path_factory.mktemp("data"), config=tmp_path_factory.mktemp("config"))
    folders.create(firm)
    vault.create(firm)
    ring = opening.open_keyring(firm)
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    return firm, firm.keys.read_bytes(), blob


# Of a key store of one customer: its tables and indexes.
_PAGES = 8


@settings(max_examples=300, deadline=None)
@given(position=st.integers(0, _PAGES * 4096 - 1), difference=st.integers(1, 255))
def test_damage_anywhere_is_told_in_words_or_does_no_harm(
    whole: tuple[Folders, bytes, bytes], position: int, difference: int
) -> None:
    firm, content, blob = whole
    assert len(content) == _PAGES * 4096
    changed = content[:position] + bytes([content[position] ^ difference]) + content[position + 1 :]
    firm.keys.write_bytes(changed)

    try:
        opened = opening.open_keyring(firm).open(blob, bound_to=CILLAS_DETAILS)
    except (vault.Locked, vault.CannotOpen):
        return
    assert opened == b"hello"


def _execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()
