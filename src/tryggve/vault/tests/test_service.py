import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault import derivation, service, servicefile
from tryggve.vault.keystore import Keystore
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.tests import vector_files
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

ANNA = UUID("0190a0a0-0000-7000-8000-00000000a44a")
ANNAS_CODES = vault.Binding(
    type_name="accounts.code", record=ANNA, subject=ANNA, part="details", revision=1, compartment=vault.STAFF
)
KEY = FileSecret(UUID(int=7), bytes(range(32)))
HELLO = service.seal(b"hello", key=KEY, purpose="mail", nonce=bytes(12))


@pytest.fixture(autouse=True)
def begun(chosen: Folders) -> None:
    vault.create(chosen)
    vault.forget()


@pytest.mark.parametrize("vector", vector_files.of("service"), ids=vector_files.name)
def test_seal_gives_the_blob_of_the_vector(vector: dict[str, Any]) -> None:
    key = FileSecret(UUID(vector["key_id"]), bytes.fromhex(vector["service_key"]))
    purpose, plaintext = vector["purpose"], vector["plaintext"].encode()
    blob = service.seal(plaintext, key=key, purpose=purpose, nonce=bytes.fromhex(vector["nonce"]))

    assert derivation.service_purpose_key(key.secret, purpose).hex() == vector["purpose_key"]
    assert derivation.staff_key_encryption_key(key.secret).hex() == vector["staff_key_encryption_key"]
    assert blob.hex() == vector["blob"]
    assert service.open_sealed(blob, key=key, purpose=purpose) == plaintext


def test_open_for_service_returns_what_was_sealed_and_for_its_purpose_only() -> None:
    blob = vault.seal_for_service("mail", b"hello")

    assert vault.open_for_service("mail", blob) == b"hello"
    with pytest.raises(vault.Damaged):
        vault.open_for_service("backup", blob)


@given(st.binary(max_size=200), st.text(min_size=1, max_size=20))
def test_open_sealed_returns_what_was_sealed(plaintext: bytes, purpose: str) -> None:
    blob = service.seal(plaintext, key=KEY, purpose=purpose, nonce=bytes(12))

    assert service.open_sealed(blob, key=KEY, purpose=purpose) == plaintext
    assert blob[:17] == b"\x01" + KEY.id.bytes


@given(position=st.integers(0, len(HELLO) - 1), difference=st.integers(1, 255))
def test_open_sealed_of_a_changed_byte_never_opens(position: int, difference: int) -> None:
    changed = bytearray(HELLO)
    changed[position] ^= difference

    with pytest.raises(vault.CannotOpen):
        service.open_sealed(bytes(changed), key=KEY, purpose="mail")


@given(length=st.integers(0, len(HELLO) - 1))
def test_open_sealed_of_a_cut_blob_is_damaged(length: int) -> None:
    with pytest.raises(vault.Damaged):
        service.open_sealed(HELLO[:length], key=KEY, purpose="mail")


def test_seal_twice_gives_two_blobs() -> None:
    assert len({vault.seal_for_service("mail", b"")[17:29] for _ in range(20)}) == 20


def test_seal_without_a_purpose_is_a_fault() -> None:
    with pytest.raises(ValueError, match="purpose"):
        vault.seal_for_service("", b"hello")


def test_tags_for_service_are_the_same_again_and_others_for_another_purpose() -> None:
    both = vault.tags_for_service("codes", [b"one", b"two"])
    assert (vault.tags_for_service("codes", [b"one"]), len(set(both))) == (both[:1], 2)
    assert set(vault.tags_for_service("codes, again", [b"one", b"two"])) & set(both) == set()


def test_tags_without_a_purpose_are_a_fault() -> None:
    with pytest.raises(ValueError, match="purpose"):
        vault.tags_for_service("", [b"one"])


def test_service_key_works_while_nothing_unlocks_the_register(chosen: Folders) -> None:
    blob = vault.seal_for_service("mail", b"hello")
    (key,) = vault.staff_keyring().create_keys([ANNA])
    code = vault.staff_keyring().seal(b"123456", key=key, bound_to=ANNAS_CODES)
    chosen.key_file.unlink()
    Keystore(chosen.keys).bump_lock()
    vault.forget()

    with pytest.raises(vault.KeyFileMissing):
        vault.keyring()
    assert vault.open_for_service("mail", blob) == b"hello"
    assert vault.staff_keyring().open(code, bound_to=ANNAS_CODES) == b"123456"


def test_staff_keyring_and_keyring_open_nothing_of_each_other() -> None:
    ring, staff = vault.keyring(), vault.staff_keyring()
    (cillas,), (annas,) = ring.create_keys([CILLA]), staff.create_keys([ANNA])
    details = ring.seal(b"hello", key=cillas, bound_to=CILLAS_DETAILS)
    code = staff.seal(b"123456", key=annas, bound_to=ANNAS_CODES)

    assert ring.open(details, bound_to=CILLAS_DETAILS) == b"hello"
    assert staff.open(code, bound_to=ANNAS_CODES) == b"123456"
    for other, blob, binding in ((staff, details, CILLAS_DETAILS), (ring, code, ANNAS_CODES)):
        with pytest.raises(vault.Damaged):
            other.open(blob, bound_to=binding)
        with pytest.raises(vault.Damaged):
            other.open(blob, bound_to=replace(binding, compartment="retained"))


@pytest.mark.parametrize(
    ("ring", "compartment"), [(vault.keyring, "staff"), (vault.staff_keyring, "general")]
)
def test_create_keys_in_the_other_keyrings_compartment_is_a_fault(
    ring: Callable[[], vault.Keyring], compartment: vault.Compartment
) -> None:
    with pytest.raises(ValueError, match="compartment"):
        ring().create_keys([ANNA], compartment=compartment)


def test_missing_service_key_is_refused_and_comes_back_when_unlocked(chosen: Folders) -> None:
    blob, before = vault.seal_for_service("mail", b"hello"), chosen.service_key_file.read_text()
    chosen.service_key_file.unlink()
    vault.forget()

    with pytest.raises(vault.ServiceKeyMissing, match=str(chosen.service_key_file)):
        vault.open_for_service("mail", blob)
    vault.keyring()

    assert vault.open_for_service("mail", blob) == b"hello"
    assert _secret_lines(chosen.service_key_file.read_text()) == _secret_lines(before)
    assert stat.S_IMODE(chosen.service_key_file.stat().st_mode) == 0o600


def test_unlock_where_the_service_key_cannot_be_written_still_unlocks(
    chosen: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    chosen.service_key_file.unlink()
    chosen.service_key_file.symlink_to("/nowhere/at/all")

    assert vault.keyring()
    assert caplog.messages == ["the service key could not be written again"]


def _expose(path: Folders) -> None:
    path.service_key_file.chmod(0o644)


def _cut(path: Folders) -> None:
    path.service_key_file.write_text(path.service_key_file.read_text().rstrip()[:-1])


def _from_the_future(path: Folders) -> None:
    text = path.service_key_file.read_text()
    path.service_key_file.write_text(text.replace("tryggve-service-key 1", "tryggve-service-key 2"))


def _change(path: Folders) -> None:
    text = path.service_key_file.read_text().rstrip()
    path.service_key_file.write_text(text[:-1] + ("0" if text[-1] != "0" else "1"))


def _exchange(path: Folders) -> None:
    other = Folders(data=path.data.with_name("other"), config=path.config.with_name("other-config"))
    folders.create(other)
    vault.create(other)
    shutil.copy(other.service_key_file, path.service_key_file)


def _put_the_key_file_there(path: Folders) -> None:
    shutil.copy(path.key_file, path.service_key_file)


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_expose, vault.ServiceKeyExposed),
        (_cut, vault.ServiceKeyUnreadable),
        (_put_the_key_file_there, vault.ServiceKeyUnreadable),
        (_from_the_future, vault.ServiceKeyNewer),
        (_change, vault.ServiceKeyWrong),
        (_exchange, vault.ServiceKeyWrong),
    ],
)
def test_service_key_that_cannot_be_used_says_why_and_hinders_no_customer(
    chosen: Folders, spoil: Callable[[Folders], None], refusal: type[vault.Locked]
) -> None:
    spoil(chosen)

    with pytest.raises(refusal, match=str(chosen.service_key_file)) as caught:
        vault.seal_for_service("mail", b"hello")
    assert caught.type is refusal
    assert caught.value.exit_status == 3
    assert vault.keyring()


def test_blob_of_another_register_is_of_a_key_that_is_gone() -> None:
    with pytest.raises(vault.KeyGone):
        vault.open_for_service("mail", HELLO)


def test_service_key_is_read_once_for_the_process(chosen: Folders) -> None:
    blob = vault.seal_for_service("mail", b"hello")
    chosen.service_key_file.unlink()

    assert vault.open_for_service("mail", blob) == b"hello"


def test_service_key_opens_no_slot(chosen: Folders) -> None:
    """Both files have the same form; one in the other's place is not even read."""
    shutil.copy(chosen.service_key_file, chosen.key_file)
    vault.forget()

    with pytest.raises(vault.KeyFileUnreadable):
        vault.keyring()


def test_copy_in_the_key_store_holds_no_secret_in_clear(chosen: Folders) -> None:
    secret = servicefile.read(chosen.service_key_file).secret
    kept = Keystore(chosen.keys).contents().service_key

    assert secret not in chosen.keys.read_bytes()
    assert len(kept.wrapped) == 12 + len(secret) + 16


def test_refusals_about_a_service_key_are_locked() -> None:
    form = servicefile.FORM
    refusals = (form.missing, form.unreadable, form.forbidden, form.exposed, form.newer, form.not_written)

    assert {issubclass(refusal, vault.Locked) for refusal in refusals} == {True}


def _secret_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]
