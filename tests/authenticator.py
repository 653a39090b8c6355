"""A device that keeps passkeys, in Python: it answers what a browser would, and lies on demand."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

HERE = "http://localhost"
_HELD_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    """One passkey (WebAuthn level 2) for ``localhost``; ``user_handle`` is whose it says that it is."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)
        self.user_handle: str | None = None

    def make(
        self, question: dict[str, Any], *, origin: str = HERE, is_verified: bool = True
    ) -> dict[str, Any]:
        """The answer to a question for a new passkey, as the page's script sends it."""
        options = question["publicKey"]
        self.user_handle = options["user"]["id"]
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        said = _said("webauthn.create", options["challenge"], origin)
        flags = _flags(is_verified) | AuthenticatorData.FLAG.AT
        made = AttestedCredentialData.create(bytes(16), self._id, public)
        data = AuthenticatorData.create(_id_hash(), flags, 0, made)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        response = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(attestation)}
        return {**self._named(), "response": response}

    def use(
        self, question: dict[str, Any], *, origin: str = HERE, is_verified: bool = True
    ) -> dict[str, Any]:
        """The answer to a question for a passkey that is there."""
        said = _said("webauthn.get", question["publicKey"]["challenge"], origin)
        data = bytes(AuthenticatorData.create(_id_hash(), _flags(is_verified), 0))
        signature = self._key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.user_handle,
        }
        return {**self._named(), "response": response}

    def _named(self) -> dict[str, Any]:
        name = websafe_encode(self._id)
        return {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}


def tampered(answer: dict[str, Any], **said: object) -> dict[str, Any]:
    """The same answer, with other words in what the browser says of it; the signature stays."""
    data = {**json.loads(websafe_decode(answer["response"]["clientDataJSON"])), **said}
    changed = websafe_encode(json.dumps(data).encode())
    return {**answer, "response": {**answer["response"], "clientDataJSON": changed}}


def _said(type: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": type, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()


def _id_hash() -> bytes:
    return hashlib.sha256(b"localhost").digest()


def _flags(is_verified: bool) -> Any:
    return _HELD_AND_VERIFIED if is_verified else AuthenticatorData.FLAG.UP
