import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.audit import notes

# RFC 8032 §7.1, test 1.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
KEY = Ed25519PrivateKey.from_private_bytes(SECRET)
NAME = "tryggve/01890a5d-ac96-774b-bcce-b302099a8057"
VERIFIER = notes.Verifier(NAME, PUBLIC)
NOTE = notes.sign("first line\nsecond line\n", name=NAME, key=KEY)


def test_key_is_that_of_rfc_8032() -> None:
    assert KEY.public_key().public_bytes_raw() == PUBLIC
    assert KEY.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )


def test_verifier_reads_the_published_example() -> None:
    """The verifier key, the note and its signature of the documentation of Go's sumdb/note."""
    key = notes.verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    ).encode()

    assert notes.opened(note, [key]).endswith("your problem is.\n")


def test_verifier_line_is_name_id_and_key() -> None:
    name, id, key = VERIFIER.line.split("+", 2)

    assert (name, id, base64.b64decode(key)) == (NAME, VERIFIER.id.hex(), b"\x01" + PUBLIC)
    assert notes.verifier(VERIFIER.line) == VERIFIER


def test_opened_gives_the_text_that_was_signed() -> None:
    assert notes.opened(NOTE, [VERIFIER]) == "first line\nsecond line\n"


def test_note_signed_by_an_unknown_key_is_not_opened() -> None:
    mallory = notes.sign("first line\n", name=NAME, key=Ed25519PrivateKey.generate())

    with pytest.raises(notes.NotSigned):
        notes.opened(mallory, [VERIFIER])


def test_note_also_signed_by_somebody_else_is_opened() -> None:
    witness = notes.sign("first line\nsecond line\n", name="witness", key=Ed25519PrivateKey.generate())
    both = NOTE + witness.rpartition(b"\n\n")[2]

    assert notes.opened(both, [VERIFIER]) == "first line\nsecond line\n"


def test_signature_in_other_base64_for_the_same_bytes_is_refused() -> None:
    """The last letter before the padding holds two bits that decoding drops."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    at = NOTE.rindex(b"=") - 1
    other = alphabet[alphabet.index(chr(NOTE[at])) ^ 1].encode()
    changed = NOTE[:at] + other + NOTE[at + 1 :]
    assert base64.b64decode(changed.split()[-1]) == base64.b64decode(NOTE.split()[-1])

    with pytest.raises(notes.NotANote):
        notes.opened(changed, [VERIFIER])


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_note_with_any_byte_flipped_is_not_opened(at: int, by: int) -> None:
    flipped = bytearray(NOTE)
    flipped[at] ^= by

    with pytest.raises((notes.NotANote, notes.NotSigned)):
        notes.opened(bytes(flipped), [VERIFIER])


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(VERIFIER.line) - 1), st.integers(1, 127))
def test_verifier_line_with_any_byte_flipped_is_refused(at: int, by: int) -> None:
    flipped = bytearray(VERIFIER.line.encode())
    flipped[at] ^= by

    with pytest.raises(notes.NotANote):
        notes.verifier(flipped.decode())


@given(st.binary(max_size=300))
def test_opened_of_any_bytes_raises_only_its_own_errors(content: bytes) -> None:
    with pytest.raises((notes.NotANote, notes.NotSigned)):
        notes.opened(content, [VERIFIER])
