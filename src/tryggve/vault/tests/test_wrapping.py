from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.vault import Damaged, NewerFormat, derivation
from tryggve.vault.tests import vector_files
from tryggve.vault.tests.cast import CILLA, DAN
from tryggve.vault.wrapping import KeyEncryptionKey, WrappedKey

SECRET = bytes(32)
KEK = KeyEncryptionKey(SECRET, generation=1)
NEXT = KeyEncryptionKey(bytes([1]) * 32, generation=2)
KEY = bytes(range(32))


@pytest.mark.parametrize("vector", vector_files.of("wrapping"), ids=vector_files.name)
def test_wrap_gives_the_row_of_the_vector(vector: dict[str, Any]) -> None:
    kek = KeyEncryptionKey(bytes.fromhex(vector["key_encryption_key"]), generation=vector["generation"])
    row = kek.wrap(
        bytes.fromhex(vector["key"]),
        key_id=UUID(vector["key_id"]),
        subject=UUID(vector["subject"]),
        compartment=vector["compartment"],
        nonce=bytes.fromhex(vector["nonce"]),
    )

    assert (row.wrapped.hex(), row.commitment.hex()) == (vector["wrapped"], vector["commitment"])
    assert row.generation == vector["generation"]
    assert _unwrapped(row, vector) == vector["key"]


@pytest.mark.parametrize("vector", vector_files.of("wrapping-version-1"), ids=vector_files.name)
def test_unwrap_reads_what_version_1_wrote(vector: dict[str, Any]) -> None:
    row = _row(vector)

    assert _unwrapped(row, vector) == vector["key"]
    with pytest.raises(Damaged):
        _unwrapped(row, vector | {"subject": str(DAN)})
    with pytest.raises(Damaged):
        _unwrapped(replace(row, id=uuid4()), vector)


@pytest.mark.parametrize("vector", vector_files.of("wrapping-version-1"), ids=vector_files.name)
def test_take_over_of_a_row_of_version_1_needs_no_subject(vector: dict[str, Any]) -> None:
    """Its subject is bound by every blob that the key seals; the row itself is tied to its id from then on."""
    row, secret = _row(vector), bytes.fromhex(vector["key_encryption_key"])
    former = KeyEncryptionKey(secret, generation=row.generation)
    taken = NEXT.take_over(row, wrapped_by=former, first_secret=secret)
    again = KEK.take_over(taken, wrapped_by=NEXT, first_secret=bytes(32))

    for kek, one in ((NEXT, taken), (KEK, again)):
        opened = kek.unwrap(one, subject=UUID(vector["subject"]), compartment=vector["compartment"])
        assert opened.hex() == vector["key"]
        with pytest.raises(Damaged):
            kek.unwrap(replace(one, id=uuid4()), subject=CILLA, compartment="general")


@given(position=st.integers(0, 59), difference=st.integers(1, 255))
def test_take_over_of_a_changed_row_of_version_1_never_takes_over_another_key(
    position: int, difference: int
) -> None:
    """The tag at the end can't be read without the subject; the commitment notices all that matters."""
    (vector, *_) = vector_files.of("wrapping-version-1")
    row, secret = _row(vector), bytes.fromhex(vector["key_encryption_key"])
    changed = bytearray(row.wrapped)
    changed[position] ^= difference
    former = KeyEncryptionKey(secret, generation=row.generation)
    try:
        taken = NEXT.take_over(replace(row, wrapped=bytes(changed)), wrapped_by=former, first_secret=secret)
    except Damaged:
        assert position < 44
        return
    assert position >= 44
    opened = NEXT.unwrap(taken, subject=UUID(vector["subject"]), compartment="general")
    assert opened.hex() == vector["key"]


def test_take_over_keeps_subject_and_compartment() -> None:
    row = NEXT.take_over(_cillas(KEK), wrapped_by=KEK, first_secret=SECRET)

    assert NEXT.unwrap(row, subject=CILLA, compartment="general") == KEY
    for subject, compartment in ((DAN, "general"), (CILLA, "retained")):
        with pytest.raises(Damaged):
            NEXT.unwrap(row, subject=subject, compartment=compartment)  # type: ignore[arg-type]


def test_take_over_of_an_altered_row_is_damaged() -> None:
    row = _cillas(KEK)
    altered = replace(row, wrapped=row.wrapped[:-1] + bytes([row.wrapped[-1] ^ 1]))

    with pytest.raises(Damaged):
        NEXT.take_over(altered, wrapped_by=KEK, first_secret=SECRET)


def test_wrap_uses_a_fresh_nonce_each_time() -> None:
    assert len({_cillas(KEK).wrapped[1:13] for _ in range(50)}) == 50


def test_unwrap_for_another_subject_is_damaged() -> None:
    with pytest.raises(Damaged):
        KEK.unwrap(_cillas(KEK), subject=DAN, compartment="general")


def test_unwrap_in_another_compartment_is_damaged() -> None:
    with pytest.raises(Damaged):
        KEK.unwrap(_cillas(KEK), subject=CILLA, compartment="retained")


def test_unwrap_under_another_generation_is_damaged() -> None:
    for row in (_cillas(KEK), replace(_cillas(KEK), generation=2)):
        with pytest.raises(Damaged):
            KeyEncryptionKey(SECRET, generation=2).unwrap(row, subject=CILLA, compartment="general")


def test_unwrap_of_a_row_given_another_id_is_damaged() -> None:
    moved = replace(_cillas(KEK), id=uuid4())

    with pytest.raises(Damaged):
        KEK.unwrap(moved, subject=CILLA, compartment="general")


def test_unwrap_with_another_rows_commitment_is_damaged() -> None:
    """The ciphertext is whole; only the commitment tells."""
    mixed = replace(_cillas(KEK), commitment=_cillas(KEK).commitment)

    with pytest.raises(Damaged):
        KEK.unwrap(mixed, subject=CILLA, compartment="general")


def test_unwrap_of_a_row_called_an_older_form_is_damaged() -> None:
    """Otherwise the commitment to the subject could be put aside."""
    row = _cillas(KEK)
    older = replace(row, wrapped=b"\x01" + row.wrapped[1:], commitment=derivation.commitment(KEY, row.id))

    with pytest.raises(Damaged):
        KEK.unwrap(older, subject=CILLA, compartment="general")


def test_unwrap_of_a_newer_form_says_so() -> None:
    row = _cillas(KEK)

    with pytest.raises(NewerFormat):
        KEK.unwrap(replace(row, wrapped=b"\x03" + row.wrapped[1:]), subject=CILLA, compartment="general")


@pytest.mark.parametrize("wrapped", [b"", bytes(12), bytes(60), bytes(61)], ids=len)
def test_unwrap_of_a_broken_row_is_damaged(wrapped: bytes) -> None:
    broken = WrappedKey(uuid4(), wrapped, derivation.commitment(KEY, uuid4()), 1)

    with pytest.raises(Damaged):
        KEK.unwrap(broken, subject=CILLA, compartment="general")


def _cillas(kek: KeyEncryptionKey) -> WrappedKey:
    return kek.wrap(KEY, key_id=uuid4(), subject=CILLA, compartment="general")


def _row(vector: dict[str, Any]) -> WrappedKey:
    wrapped, commitment = bytes.fromhex(vector["wrapped"]), bytes.fromhex(vector["commitment"])
    return WrappedKey(UUID(vector["key_id"]), wrapped, commitment, vector["generation"])


def _unwrapped(row: WrappedKey, vector: dict[str, Any]) -> str:
    kek = KeyEncryptionKey(bytes.fromhex(vector["key_encryption_key"]), generation=vector["generation"])
    return kek.unwrap(row, subject=UUID(vector["subject"]), compartment=vector["compartment"]).hex()
