"""A computer by SFTP: Tryggve's own key lets it in there, and its host key was shown to a person."""

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext as _

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import told
from tryggve.domains.backups.place_kinds.told import Untold

FIELDS: Final = ("host", "port", "user", "path", "private_key", "host_key")
_PORT: Final = 22
_SECONDS: Final = 20
# The best first.
_HOST_KEYS: Final = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
)
_QUOTING: Final = frozenset("\"'\\%#")
_CONFIG: Final = """\
Host place
  HostName {host}
  Port {port}
  User {user}
  IdentityFile "{{files}}/key"
  IdentitiesOnly yes
  IdentityAgent none
  HostKeyAlias place
  UserKnownHostsFile "{{files}}/known"
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  PreferredAuthentications publickey
  BatchMode yes
  ConnectTimeout 20
  ServerAliveInterval 20
  ServerAliveCountMax 3
"""
_COMMAND: Final = 'sftp.command=ssh -F "{files}/config" place -s sftp'


@dataclass(frozen=True, slots=True)
class KeyPair:
    """``public`` is the line that belongs in ``authorized_keys`` there."""

    private: str
    public: str


@dataclass(frozen=True, slots=True)
class HostKey:
    """``line``: kind and key, as in ``known_hosts``; ``fingerprint``: what whoever keeps that computer can compare."""

    line: str
    fingerprint: str


def new_key_pair() -> KeyPair:
    """One that only this place will know."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return KeyPair(private.decode(), f"{public.decode()} tryggve-backup")


def host_key(host: str, port: str) -> HostKey:
    """Which key the computer shows at first contact, for a person to compare. Raises Untold where nobody answers."""
    keyscan = shutil.which("ssh-keyscan")
    if keyscan is None:
        raise Untold(
            _(
                "ssh is missing on this computer. Nothing was changed. Install it: sudo apt-get install openssh-client"
            )
        )
    words = [keyscan, "-T", "10", "-p", str(told.port(port, usual=_PORT)), told.host(host)]
    try:
        answer = subprocess.run(  # noqa: S603 - found on PATH
            words, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise _nobody() from None
    shown = [
        line.split()
        for line in answer.stdout.decode(errors="replace").splitlines()
        if not line.startswith("#")
    ]
    known = {words[1]: words[2] for words in shown if len(words) == 3}
    kind = next((one for one in _HOST_KEYS if one in known), None)
    if kind is None:
        raise _nobody()
    return HostKey(f"{kind} {known[kind]}", fingerprint(f"{kind} {known[kind]}"))


def fingerprint(line: str) -> str:
    """As ``ssh-keygen -l`` writes it. Raises Untold for what is no host key."""
    kind, _space, key = line.partition(" ")
    try:
        raw = base64.b64decode(key, validate=True)
    except ValueError:
        raw = b""
    if kind not in _HOST_KEYS or not raw:
        raise Untold(_("This is no computer's host key. Nothing was changed."))
    return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def access_of(fields: Mapping[str, str]) -> Access:
    """Raises Untold."""
    host, port = told.host(fields.get("host", "")), told.port(fields.get("port", ""), usual=_PORT)
    user = told.words(fields.get("user", ""), _("Write as whom Tryggve signs in there. Nothing was changed."))
    path = told.words(fields.get("path", ""), _("Write the folder there. Nothing was changed."))
    if user.startswith("-") or _QUOTING & set(user) or " " in user:
        raise Untold(_("Nobody can be called that on another computer. Nothing was changed."))
    fingerprint(fields.get("host_key", ""))
    files = {
        "key": fields.get("private_key", "").rstrip("\n") + "\n",
        "known": f"place {fields['host_key']}\n",
        "config": _CONFIG.format(host=host, port=port, user=user),
    }
    details = {"host": host, "port": str(port), "user": user, "path": path}
    return Access(f"sftp:place:{path}", options=(_COMMAND,), files=files, details=details)


def _nobody() -> Untold:
    return Untold(
        _(
            "No SSH server answers there. Nothing was changed. See that the computer is on, and that its name and port "
            "are right."
        )
    )
