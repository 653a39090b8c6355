"""The key that signs checkpoints: made when it is first needed, sealed under the service key."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve import vault
from tryggve.audit import actions, checkpoint_files, files, notes, services
from tryggve.audit.models import Entry
from tryggve.lib import durable, folders, write_points

_PURPOSE = "audit checkpoint key"


def signing_key(installation: UUID, *, now: datetime) -> Ed25519PrivateKey:
    """The key, made and recorded if there is none. Under the lease only. Raises as the vault's service does."""
    path = _path()
    durable.clear_unfinished(path)
    if not path.exists():
        files.keep(path, vault.seal_for_service(_PURPOSE, Ed25519PrivateKey.generate().private_bytes_raw()))
    key = Ed25519PrivateKey.from_private_bytes(vault.open_for_service(_PURPOSE, path.read_bytes()))
    known = checkpoint_files.keys()
    own = notes.Verifier(checkpoint_files.key_name(installation), key.public_key().public_bytes_raw())
    if own not in known:
        _record(own, now=now)
        write_points.reached("audit: signing key recorded")
        lines = [f"{each.line}\n" for each in (*known, own)]
        files.replace(checkpoint_files.keys_path(), "".join(lines).encode())
    return key


def _record(key: notes.Verifier, *, now: datetime) -> None:
    facts = {"key": key.public.hex()}
    # Recorded before it is listed: a run that was cut off between the two has recorded it already.
    if not Entry.objects.filter(action=actions.SIGNING_KEY_MADE.code, facts=facts).exists():
        services.record(actions.SIGNING_KEY_MADE, actor="system", at=now, key=facts["key"])


def _path() -> Path:
    return folders.current().audit / "signing-key"
