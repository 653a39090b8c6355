"""The one piece of cryptography that is our own, against the vectors of RFC 8032 §7.1 and another implementation."""

import contextlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify_audit.exports import Signer
from tools import verify_audit
from tools.verify_audit import is_signed

VECTORS = json.loads((Path(__file__).parent / "rfc8032.json").read_text())
ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19
KEY = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()


def parts(vector: dict[str, str]) -> list[bytes]:
    return [bytes.fromhex(vector[name]) for name in ("public", "message", "signature")]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vector_of_the_rfc_holds(vector: dict[str, str]) -> None:
    public, message, signature = parts(vector)
    assert is_signed(public, message, signature) is True
    assert is_signed(public, message + b"\0", signature) is False


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_signature_by_another_implementation_holds(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert is_signed(key.public_key().public_bytes_raw(), message, key.sign(message)) is True


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=100), st.data())
def test_any_flipped_bit_of_signature_or_message_is_refused(message: bytes, data: st.DataObject) -> None:
    both = bytearray(KEY.sign(message) + message)
    bit = data.draw(st.integers(0, len(both) * 8 - 1))
    assert is_signed(PUBLIC, bytes(both[64:]), bytes(both[:64])) is True
    both[bit // 8] ^= 1 << bit % 8
    assert is_signed(PUBLIC, bytes(both[64:]), bytes(both[:64])) is False


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Also False for a key that is no point."""
    with contextlib.suppress(verify_audit.Malformed):
        return is_signed(public, message, signature)
    return False


@pytest.mark.parametrize("bit", range(0, 256, 15))
def test_any_flipped_bit_of_the_key_is_refused(bit: int) -> None:
    public = (int.from_bytes(PUBLIC, "little") ^ 1 << bit).to_bytes(32, "little")
    assert holds(public, b"Cilla", KEY.sign(b"Cilla")) is False


def test_same_signature_with_the_order_added_to_s_is_refused() -> None:
    signature = KEY.sign(b"Cilla")
    larger = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
    assert is_signed(PUBLIC, b"Cilla", signature) is True
    assert is_signed(PUBLIC, b"Cilla", signature[:32] + larger) is False


@pytest.mark.parametrize("size", [0, 63, 65])
def test_signature_of_another_length_is_refused(size: int) -> None:
    assert is_signed(PUBLIC, b"", KEY.sign(b"").ljust(65, b"\0")[:size]) is False


@pytest.mark.parametrize(
    "number",
    [
        PRIME,  # 0 written otherwise
        PRIME + 1,  # 1 written otherwise
        2**255 - 1,
        1 | 1 << 255,  # x = 0 with the sign of a negative
        PRIME - 1 | 1 << 255,
        2,  # no x fits this y
    ],
)
def test_point_that_is_none_or_not_canonical_is_refused_as_a_key(number: int) -> None:
    with pytest.raises(verify_audit.Malformed):
        is_signed(number.to_bytes(32, "little"), b"", b"\0" * 64)


def test_point_r_that_is_not_canonical_is_refused() -> None:
    """With the neutral element as the key S = 0 fits R = the neutral element, in its one form only."""
    neutral = (1).to_bytes(32, "little")
    assert is_signed(neutral, b"", neutral + b"\0" * 32) is True
    assert is_signed(neutral, b"", (PRIME + 1).to_bytes(32, "little") + b"\0" * 32) is False
    assert is_signed(neutral, b"", (1 | 1 << 255).to_bytes(32, "little") + b"\0" * 32) is False


def test_equation_is_the_one_without_cofactor() -> None:
    """R moved by a point of order 2 would fit the equation times eight."""
    order_two = (PRIME - 1).to_bytes(32, "little")
    neutral = (1).to_bytes(32, "little")
    assert is_signed(neutral, b"", order_two + b"\0" * 32) is False


def test_key_line_is_read_whole() -> None:
    key = verify_audit.read_key(Signer().line)
    assert (key.name, key.id, key.public) == (Signer().name, Signer().id, PUBLIC)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_key_line_with_another_letter_is_refused(data: st.DataObject) -> None:
    line = Signer().line
    at = data.draw(st.integers(0, len(line) - 1))
    letter = data.draw(
        st.characters(min_codepoint=32, max_codepoint=0x17F).filter(lambda one: one != line[at])
    )
    with pytest.raises(verify_audit.Malformed):
        verify_audit.read_key(line[:at] + letter + line[at + 1 :])
