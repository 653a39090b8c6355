"""What is missing in a copied key store, or was changed, is found."""

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib import errors, folders
from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.key_copies import CopyDamaged, KeyCopy
from tryggve.vault.tests import copies
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
from tryggve.vault.tests.copies import NOW, copied


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM erased WHERE place = 1",
        "UPDATE erased SET at = at + 1 WHERE place = 2",
        "UPDATE erased SET at = 4611686018427387904 WHERE place = 2",
    ],
)
def test_copy_whose_ledger_was_tampered_with_is_not_whole(
    where: Folders, ring: vault.Keyring, statement: str
) -> None:
    ring.erase_keys({CILLA: [], DAN: []}, at=NOW)
    with KeyCopy(copied(where)) as copy:
        assert copy.is_whole()
    with closing(sqlite3.connect(where.keys)) as store:
        store.executescript(f"DROP TRIGGER erased_stays; DROP TRIGGER erased_is_so; {statement};")

    with KeyCopy(copied(where)) as copy:
        assert not copy.is_whole()
        with pytest.raises(CopyDamaged):
            copy.tombstones()


@pytest.mark.parametrize("table", ["slots", "service_key", "state", "keys", "erased", "barred"])
def test_copy_that_lacks_a_table_is_not_whole(where: Folders, ring: vault.Keyring, table: str) -> None:
    with closing(sqlite3.connect(where.keys)) as store:
        store.execute(f"DROP TABLE {table}")

    with KeyCopy(copied(where)) as copy:
        assert not copy.is_whole()


def test_copy_that_lost_a_page_is_not_whole(where: Folders, ring: vault.Keyring) -> None:
    ring.create_keys([CILLA] * 1000)
    content = copied(where)

    for damaged in (content[:-4096] + bytes(4096), content[:-4096], content[: len(content) // 2]):
        with KeyCopy(damaged) as copy:
            assert not copy.is_whole()


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damage_anywhere_ends_in_a_refusal_or_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content, blob, where = _small(tmp_path_factory)
    at, length = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 64))
    damaged = content[:at] + data.draw(st.binary(min_size=length, max_size=length)) + content[at + length :]

    with KeyCopy(damaged) as copy:
        copy.is_whole()
        try:
            assert copy.present([vault.key_id_of(blob)]) <= {vault.key_id_of(blob)}
            copy.tombstones()
            assert copy.keys(opening.unlock(where)).open(blob, bound_to=CILLAS_DETAILS) == b"hello"
        except errors.Refusal:
            pass


_kept: list[tuple[bytes, bytes, Folders]] = []


def _small(made_in: pytest.TempPathFactory) -> tuple[bytes, bytes, Folders]:
    """A small copy, a blob, and where the register of both lies."""
    if not _kept:
        home = made_in.mktemp("small")
        where = Folders(data=home / "data", config=home / "config")
        folders.create(where)
        vault.create(where)
        ring = opening.open_keyring(where)
        [key] = ring.create_keys([CILLA])
        ring.erase_keys({DAN: [uuid4()]}, at=NOW)
        copies.tested_kit(where)
        _kept.append((copied(where), ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS), where))
    return _kept[0]
