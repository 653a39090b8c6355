"""No secret in what a log, an error page or a debugger prints."""

import base64
import contextlib
import traceback
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile, opening, rotation, servicefile, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.rotating import NOW

PLAINTEXT = b"Cilla Andersson, 19 Storgatan"


@pytest.fixture
def secret(where: Folders, ring: vault.Keyring) -> bytes:
    """The key file's secret of a started firm."""
    return keyfile.read(where.key_file).secret


def test_search_for_a_secret_finds_a_planted_one(secret: bytes) -> None:
    assert [_tells(form, secret) for form in (str(secret), secret.hex(), repr([secret]))] == [True] * 3


def test_nothing_prints_a_secret(where: Folders, ring: vault.Keyring, secret: bytes) -> None:
    (key,) = ring.create_keys([CILLA])
    slots = Keystore(where.keys).slots()
    things = [
        keyfile.read(where.key_file),
        ring,
        ring.loaded([key]),
        slots,
        *vars(ring).values(),
        opening.unlock(where),
    ]

    assert [thing for thing in things if _tells(f"{thing!r} {thing!s} {thing}", secret)] == []


def test_no_object_holds_the_key_encryption_key_as_bytes(ring: vault.Keyring) -> None:
    assert ring._held
    assert {type(value) for value in vars(ring._held.current).values()} == {int, AESGCM}


def _wrong_binding(ring: vault.Keyring, where: Folders) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(PLAINTEXT, key=key, bound_to=CILLAS_DETAILS)
    ring.open(blob, bound_to=replace(CILLAS_DETAILS, record=DAN))


def _wrong_subject(ring: vault.Keyring, where: Folders) -> None:
    (key,) = ring.create_keys([CILLA])
    ring.seal(PLAINTEXT, key=key, bound_to=replace(CILLAS_DETAILS, subject=DAN))


def _no_key(ring: vault.Keyring, where: Folders) -> None:
    ring.seal(PLAINTEXT, key=DAN, bound_to=CILLAS_DETAILS)


def _key_file_cut(ring: vault.Keyring, where: Folders) -> None:
    where.key_file.write_text(where.key_file.read_text().rstrip()[:-1])
    opening.open_keyring(where)


def _key_file_not_text(ring: vault.Keyring, where: Folders) -> None:
    where.key_file.write_bytes(where.key_file.read_bytes() + b"\xff\xfe")
    opening.open_keyring(where)


def _key_file_with_another_id(ring: vault.Keyring, where: Folders) -> None:
    key_id = keyfile.read(where.key_file).id.hex
    where.key_file.write_text(where.key_file.read_text().replace(key_id, DAN.hex))
    opening.open_keyring(where)


def _key_file_exposed(ring: vault.Keyring, where: Folders) -> None:
    where.key_file.chmod(0o644)
    opening.open_keyring(where)


def _passphrase_wrong(ring: vault.Keyring, where: Folders) -> None:
    store, unlocked = Keystore(where.keys), opening.unlock(where)
    unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
    opening.open_with_passphrase(where, PLAINTEXT.decode())


def _service_key_cut(ring: vault.Keyring, where: Folders) -> None:
    """A key file in its place: what it says there is the key file's secret."""
    where.service_key_file.write_text(where.key_file.read_text())
    servicefile.read(where.service_key_file)


def _rotated_meanwhile(ring: vault.Keyring, where: Folders) -> None:
    stale = opening.unlock(where)
    rotation.rotate(where, stale)
    rotation.rotate(where, stale)


@pytest.mark.parametrize(
    "fail",
    [
        _wrong_binding,
        _wrong_subject,
        _no_key,
        _key_file_cut,
        _key_file_not_text,
        _key_file_with_another_id,
        _key_file_exposed,
        _passphrase_wrong,
        _service_key_cut,
        _rotated_meanwhile,
    ],
)
def test_no_failure_tells_a_secret(
    where: Folders, ring: vault.Keyring, secret: bytes, fail: Callable[[vault.Keyring, Folders], None]
) -> None:
    with pytest.raises((vault.Locked, vault.CannotOpen)) as caught:
        fail(ring, where)

    told = _everything_about(caught.value)
    assert str(caught.value) in told
    assert (_tells(told, secret), PLAINTEXT.decode() in told) == (False, False)


def _everything_about(error: BaseException) -> str:
    """Text, arguments, attributes, and the same of what lies behind it."""
    told = [*traceback.format_exception(error), repr(error.args), repr(vars(error))]
    behind = [cause for cause in (error.__cause__, error.__context__) if cause]
    return "\n".join(told + [_everything_about(cause) for cause in behind])


def _tells(text: str, secret: bytes) -> bool:
    forms = [secret.hex(), repr(secret)[2:-1], base64.b64encode(secret).decode().rstrip("=")]
    with contextlib.suppress(UnicodeDecodeError):
        forms.append(secret.decode())
    return any(form in text for form in forms)
