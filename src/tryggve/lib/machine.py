"""Which computer this is, by a name that tells nothing else of it.

It is made from ``/etc/machine-id``, which is shown to nobody itself. Where there is none, a random secret lies in the
folder of keys; it counts only in the very file that it was written to, so that a copy on another computer is another
one. A copy of a whole disk keeps its machine-id, and can't be told from the first.
"""

import hmac
import os
import re
import secrets
from pathlib import Path
from uuid import UUID

from tryggve.lib import durable

SYSTEM_ID = Path("/etc/machine-id")
TRANSIENT_ID = Path("/run/machine-id")  # lies over the other where the system makes a new one at each start
FILE = "machine"

_APPLICATION = UUID("b6a88390-201e-4619-9f10-082b39749d9f")
_SYSTEM_ID = re.compile(r"(?!0{32})[0-9a-f]{32}\n?")
_SECRET_BYTES = 16
_INODE_BYTES = 8


def names(config: Path) -> list[UUID]:
    """What this computer may be known by, the one to write down first; none where ``named`` never was called.

    Raises OSError for a secret in the folder of keys that can't be read.
    """
    found = _of_system(), _of_file(config / FILE)
    return [name for name in found if name is not None]


def named(config: Path) -> UUID:
    """The name to write down; its secret is made if this computer has neither. Raises OSError."""
    if not names(config):
        _make(config / FILE)
    return names(config)[0]


def derived(secret: bytes, *, of: bytes = b"") -> UUID:
    """A name made from a secret, from which nobody finds the secret: sd_id128_get_machine_app_specific(3)."""
    digest = hmac.digest(secret, _APPLICATION.bytes + of, "sha256")
    return UUID(bytes=digest[:16], version=4)


def _of_system() -> UUID | None:
    """machine-id(5): 32 hexadecimal letters; empty or «uninitialized» before the system's first start."""
    try:
        if TRANSIENT_ID.exists() and SYSTEM_ID.samefile(TRANSIENT_ID):
            return None
        text = SYSTEM_ID.read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    return derived(bytes.fromhex(text)) if _SYSTEM_ID.fullmatch(text) else None


def _of_file(path: Path) -> UUID | None:
    try:
        with path.open("rb") as file:
            secret, inode = file.read(_SECRET_BYTES + 1), os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return None
    return derived(secret, of=inode.to_bytes(_INODE_BYTES)) if len(secret) == _SECRET_BYTES else None


def _make(path: Path) -> None:
    """What lies there and isn't whole makes way. Raises OSError."""
    path.unlink(missing_ok=True)
    durable.clear_unfinished(path)
    durable.write_unfinished(path, secrets.token_bytes(_SECRET_BYTES))
    durable.put_in_place(path)
