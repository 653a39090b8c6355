"""The key that signs checkpoints: made when it is first needed, sealed under the service key."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.audit import actions, checkpoint_files, files, notes, services, tiles
from tryggve.audit.models import Entry
from tryggve.lib import durable, folders, write_points
from tryggve.lib.errors import Refusal

_PURPOSE = "audit checkpoint key"
_LOST = gettext_lazy(
    "The key that signs the audit log, the file «audit/signing-key» below the data folder, is missing, but this log "
    "was signed before. No other key was made, and nothing was changed. Put the folder «audit» back from a copy. If "
    "you have none, keep a copy of the whole data folder and find out who was at it: Tryggve can't yet go on signing "
    "this log with a new key."
)


class SigningKeyLost(Refusal):
    """The key was made once and is gone; another would hide from readers that the log may be another, too."""

    def __init__(self) -> None:
        super().__init__(str(_LOST))


def require_not_lost() -> None:
    """The key is there, or never was: the log knows of none, and neither do the files. Raises SigningKeyLost."""
    if not _path().exists() and _was_made():
        raise SigningKeyLost


def signing_key(installation: UUID, *, now: datetime) -> Ed25519PrivateKey:
    """The key, made and recorded if there is none. Under the lease only.

    Raises SigningKeyLost, and as the vault's service does.
    """
    require_not_lost()
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


def _was_made() -> bool:
    return (
        Entry.objects.filter(action=actions.SIGNING_KEY_MADE.code).exists()
        or checkpoint_files.keys_path().exists()
        or any(checkpoint_files.sizes(epoch) for epoch in tiles.epochs())
    )


def _record(key: notes.Verifier, *, now: datetime) -> None:
    facts = {"key": key.public.hex()}
    # Recorded before it is listed: a run that was cut off between the two has recorded it already.
    if not Entry.objects.filter(action=actions.SIGNING_KEY_MADE.code, facts=facts).exists():
        services.record(actions.SIGNING_KEY_MADE, actor="system", at=now, key=facts["key"])


def _path() -> Path:
    return folders.current().audit / "signing-key"
