from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.vault import Binding, CannotOpen, Damaged, NewerFormat, derivation, key_id_of, sealing
from tryggve.vault.tests import vector_files
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN

KEY = bytes(range(32))
KEY_ID = UUID("0190a0a0-0000-7000-8000-0000000000ff")
NONCE = bytes(range(12))
HELLO = sealing.seal(b"hello", key=KEY, key_id=KEY_ID, nonce=NONCE, bound_to=CILLAS_DETAILS)

keys = st.binary(min_size=32, max_size=32)
nonces = st.binary(min_size=12, max_size=12)
bindings = st.builds(
    Binding,
    type_name=st.text(min_size=1, max_size=20),
    record=st.uuids(),
    subject=st.uuids(),
    part=st.sampled_from(["details", "sensitive", "files"]),
    revision=st.integers(0, 2**64 - 1),
    compartment=st.sampled_from(["general", "retained"]),
)


@pytest.mark.parametrize("vector", vector_files.of("sealing"), ids=vector_files.name)
def test_seal_gives_the_blob_of_the_vector(vector: dict[str, Any]) -> None:
    key, binding = bytes.fromhex(vector["key"]), _binding(vector["binding"])
    blob = sealing.seal(
        vector["plaintext"].encode(),
        key=key,
        key_id=UUID(vector["key_id"]),
        nonce=bytes.fromhex(vector["nonce"]),
        bound_to=binding,
    )

    assert derivation.part_key(key, binding.part).hex() == vector["part_key"]
    assert blob.hex() == vector["blob"]
    assert sealing.open_sealed(blob, key=key, bound_to=binding) == vector["plaintext"].encode()


@given(st.binary(max_size=300), keys, st.uuids(), nonces, bindings)
def test_open_sealed_returns_what_was_sealed(
    plaintext: bytes, key: bytes, key_id: UUID, nonce: bytes, binding: Binding
) -> None:
    blob = sealing.seal(plaintext, key=key, key_id=key_id, nonce=nonce, bound_to=binding)

    assert sealing.open_sealed(blob, key=key, bound_to=binding) == plaintext
    assert blob[:29] == b"\x01" + key_id.bytes + nonce
    assert len(blob) == 29 + len(plaintext) + 16
    assert key_id_of(blob) == key_id


@given(st.integers(1, len(HELLO) - 1), st.integers(1, 255))
def test_open_sealed_of_a_changed_byte_is_damaged(position: int, difference: int) -> None:
    with pytest.raises(Damaged):
        sealing.open_sealed(_changed(HELLO, position, difference), key=KEY, bound_to=CILLAS_DETAILS)


@given(st.integers(1, 255))
def test_open_sealed_of_a_changed_version_never_opens(difference: int) -> None:
    changed = _changed(HELLO, 0, difference)

    with pytest.raises(NewerFormat if changed[0] else Damaged):
        sealing.open_sealed(changed, key=KEY, bound_to=CILLAS_DETAILS)


@given(st.integers(0, len(HELLO) - 1))
def test_open_sealed_of_a_cut_blob_is_damaged(length: int) -> None:
    with pytest.raises(Damaged):
        sealing.open_sealed(HELLO[:length], key=KEY, bound_to=CILLAS_DETAILS)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"type_name": "customers.customers"},
        {"record": DAN},
        {"subject": DAN},
        {"part": "sensitive"},
        {"compartment": "retained"},
        {"revision": 2},
    ],
    ids=lambda elsewhere: next(iter(elsewhere)),
)
def test_open_sealed_with_another_binding_is_damaged(elsewhere: dict[str, Any]) -> None:
    assert CILLAS_DETAILS.subject == CILLA

    with pytest.raises(Damaged):
        sealing.open_sealed(HELLO, key=KEY, bound_to=replace(CILLAS_DETAILS, **elsewhere))


def test_associated_data_covers_part_by_itself() -> None:
    """Not only the sub-key differs: the part stands in the associated data too."""
    encoded = {
        replace(CILLAS_DETAILS, part=part).encode(label="x", key_id=KEY_ID)
        for part in ("details", "sensitive", "files")
    }

    assert len(encoded) == 3


def test_open_sealed_with_another_key_is_damaged() -> None:
    with pytest.raises(Damaged):
        sealing.open_sealed(HELLO, key=bytes(32), bound_to=CILLAS_DETAILS)


@pytest.mark.parametrize("error", [Damaged, NewerFormat, sealing.KeyGone])
def test_cannot_open_answers_no(error: type[CannotOpen]) -> None:
    assert (error().exit_status, isinstance(error(), CannotOpen)) == (1, True)


def _changed(blob: bytes, position: int, difference: int) -> bytes:
    return blob[:position] + bytes([blob[position] ^ difference]) + blob[position + 1 :]


def _binding(fields: dict[str, Any]) -> Binding:
    ids = {"record": UUID(fields["record"]), "subject": UUID(fields["subject"])}
    return Binding(**fields | ids)
