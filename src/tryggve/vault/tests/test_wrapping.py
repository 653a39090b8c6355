import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tryggve.vault import Damaged, derivation, unlocking
from tryggve.vault.keyfile import KeyFile
from tryggve.vault.tests.cast import CILLA, DAN
from tryggve.vault.wrapping import KeyEncryptionKey, WrappedKey

VECTORS = Path(__file__).parent / "vectors"
WRAPPING = json.loads((VECTORS / "wrapping.json").read_text())
SLOTS = json.loads((VECTORS / "slots.json").read_text())
KEK = KeyEncryptionKey(bytes(32), generation=1)
KEY = bytes(range(32))


@pytest.mark.parametrize("vector", WRAPPING, ids=lambda vector: vector["name"])
def test_wrap_gives_the_row_of_the_vector(vector: dict[str, Any]) -> None:
    kek = KeyEncryptionKey(bytes.fromhex(vector["key_encryption_key"]), generation=vector["generation"])
    subject, compartment = UUID(vector["subject"]), vector["compartment"]
    row = kek.wrap(
        bytes.fromhex(vector["key"]),
        key_id=UUID(vector["key_id"]),
        subject=subject,
        compartment=compartment,
        nonce=bytes.fromhex(vector["nonce"]),
    )

    assert (row.wrapped.hex(), row.commitment.hex()) == (vector["wrapped"], vector["commitment"])
    assert kek.unwrap(row, subject=subject, compartment=compartment).hex() == vector["key"]


@pytest.mark.parametrize("vector", SLOTS, ids=lambda vector: vector["name"])
def test_open_with_opens_the_slot_of_the_vector(vector: dict[str, Any]) -> None:
    key_file = KeyFile(UUID(vector["id"]), bytes.fromhex(vector["secret"]))
    salt, wrapped = bytes.fromhex(vector["salt"]), bytes.fromhex(vector["wrapped"])
    slot = unlocking.Slot(key_file.id, vector["kind"], vector["generation"], salt, wrapped)
    kek = KeyEncryptionKey(bytes.fromhex(vector["key_encryption_key"]), generation=vector["generation"])

    opened = unlocking.open_with(key_file, [slot], path=Path("key"))

    assert opened.unwrap(_cillas(kek), subject=CILLA, compartment="general") == KEY


def test_wrap_uses_a_fresh_nonce_each_time() -> None:
    assert len({_cillas(KEK).wrapped[:12] for _ in range(50)}) == 50


def test_unwrap_for_another_subject_is_damaged() -> None:
    with pytest.raises(Damaged):
        KEK.unwrap(_cillas(KEK), subject=DAN, compartment="general")


def test_unwrap_in_another_compartment_is_damaged() -> None:
    with pytest.raises(Damaged):
        KEK.unwrap(_cillas(KEK), subject=CILLA, compartment="retained")


def test_unwrap_under_another_generation_is_damaged() -> None:
    with pytest.raises(Damaged):
        KeyEncryptionKey(bytes(32), generation=2).unwrap(_cillas(KEK), subject=CILLA, compartment="general")


def test_unwrap_of_a_row_given_another_id_is_damaged() -> None:
    """Subject and compartment still fit; only the commitment tells."""
    moved = replace(_cillas(KEK), id=uuid4())

    with pytest.raises(Damaged):
        KEK.unwrap(moved, subject=CILLA, compartment="general")


@pytest.mark.parametrize("wrapped", [b"", bytes(12), bytes(60)], ids=["empty", "cut", "zeroes"])
def test_unwrap_of_a_broken_row_is_damaged(wrapped: bytes) -> None:
    broken = WrappedKey(uuid4(), wrapped, derivation.commitment(KEY, uuid4()))

    with pytest.raises(Damaged):
        KEK.unwrap(broken, subject=CILLA, compartment="general")


def _cillas(kek: KeyEncryptionKey) -> WrappedKey:
    return kek.wrap(KEY, key_id=uuid4(), subject=CILLA, compartment="general")
