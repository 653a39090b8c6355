from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tryggve.vault import Damaged, derivation, passphrase, slots, unlocking
from tryggve.vault.holding import State
from tryggve.vault.schema import ServiceKeyCopy
from tryggve.vault.slots import Slot
from tryggve.vault.tests import vector_files
from tryggve.vault.unlocking import Unlocked


@pytest.mark.parametrize("vector", vector_files.of("slots"), ids=vector_files.name)
def test_slot_of_the_vector_opens_both_ways(vector: dict[str, Any]) -> None:
    slot, slot_key = _slot(vector), _slot_key(vector)

    assert slot_key.hex() == vector["slot_key"]
    assert slot.open(slot_key).hex() == vector["key_encryption_key"]
    assert slot.slot_key(bytes.fromhex(vector["key_encryption_key"])) == slot_key


@pytest.mark.parametrize("vector", vector_files.of("slots-version-1"), ids=vector_files.name)
def test_slot_of_version_1_opens(vector: dict[str, Any]) -> None:
    assert _slot(vector).open(_slot_key(vector)).hex() == vector["key_encryption_key"]


@pytest.mark.parametrize("vector", vector_files.of("slots"), ids=vector_files.name)
def test_fill_gives_a_slot_like_the_vectors(vector: dict[str, Any]) -> None:
    secret = bytes.fromhex(vector["key_encryption_key"])
    filled = slots.fill(
        slot_id=UUID(vector["id"]),
        kind=vector["kind"],
        generation=vector["generation"],
        slot_key=bytes.fromhex(vector["slot_key"]),
        salt=bytes.fromhex(vector["salt"]),
        key_encryption_key=secret,
        parameters=vector["parameters"],
    )

    assert replace(filled, wrapped=b"", wrapped_slot_key=b"") == replace(
        _slot(vector), wrapped=b"", wrapped_slot_key=b""
    )
    assert filled.open(_slot_key(vector)) == secret
    assert filled.slot_key(secret) == _slot_key(vector)


@pytest.mark.parametrize("vector", vector_files.of("slots"), ids=vector_files.name)
@pytest.mark.parametrize(
    "change", [{"id": uuid4()}, {"kind": "another"}, {"generation": 99}], ids=["id", "kind", "generation"]
)
def test_slot_that_says_something_else_of_itself_opens_neither_way(
    vector: dict[str, Any], change: dict[str, Any]
) -> None:
    slot = replace(_slot(vector), **change)

    with pytest.raises(Damaged):
        slot.open(bytes.fromhex(vector["slot_key"]))
    with pytest.raises(Damaged):
        slot.slot_key(bytes.fromhex(vector["key_encryption_key"]))


def test_what_a_slot_holds_is_not_taken_for_the_other() -> None:
    """Both are 32 bytes wrapped under 32 bytes: only the associated data keeps them apart."""
    slot = slots.with_secret(
        bytes(32), slot_id=uuid4(), kind=slots.KEY_FILE, generation=1, key_encryption_key=bytes(32)
    )
    swapped = replace(slot, wrapped=slot.wrapped_slot_key, wrapped_slot_key=slot.wrapped)

    with pytest.raises(Damaged):
        swapped.open(derivation.slot_key(bytes(32), salt=slot.salt, kind=slot.kind))
    with pytest.raises(Damaged):
        swapped.slot_key(bytes(32))


@pytest.mark.parametrize("vector", vector_files.of("state"), ids=vector_files.name)
def test_former_key_and_service_key_of_the_vector_open(vector: dict[str, Any]) -> None:
    current, generation = bytes.fromhex(vector["key_encryption_key"]), vector["generation"]
    unlocked = Unlocked(State(generation, 0), {generation: current})
    copy = ServiceKeyCopy(
        UUID(vector["service_key_id"]),
        generation,
        bytes.fromhex(vector["service_key_wrapped"]),
        bytes.fromhex(vector["service_key_commitment"]),
    )
    former = unlocking.former_of(bytes.fromhex(vector["former"]), current, generation)
    service_key = unlocking.service_key_of(copy, unlocked)

    assert former.hex() == vector["former_key_encryption_key"]
    assert service_key.secret.hex() == vector["service_key"]
    assert derivation.commitment(service_key.secret, copy.id) == copy.commitment
    with pytest.raises(Damaged):
        unlocking.former_of(bytes.fromhex(vector["former"]), current, generation + 1)


def _slot(vector: dict[str, Any]) -> Slot:
    salt, wrapped = bytes.fromhex(vector["salt"]), bytes.fromhex(vector["wrapped"])
    back = bytes.fromhex(vector.get("wrapped_slot_key", ""))
    parameters = vector.get("parameters", {})
    return Slot(UUID(vector["id"]), vector["kind"], vector["generation"], salt, wrapped, back, parameters)


def _slot_key(vector: dict[str, Any]) -> bytes:
    salt = bytes.fromhex(vector["salt"])
    if "passphrase" in vector:
        cost = passphrase.cost_of(vector["parameters"])
        return passphrase.slot_key(vector["passphrase"], salt=salt, cost=cost)
    return derivation.slot_key(bytes.fromhex(vector["secret"]), salt=salt, kind=vector["kind"])
