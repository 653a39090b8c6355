"""The key that signs checkpoints: made when it is first needed, sealed under the service key."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve import vault
from tryggve.audit import actions, checkpoint_files, files, services, tiles
from tryggve.audit.models import Entry
from tryggve.audit.notes import Verifier
from tryggve.audit.signing_refusals import (
    KeyAtHand,
    KeyListMissing,
    NoKeyYet,
    SigningKeyLost,
    SigningKeyUnreadable,
)
from tryggve.lib import durable, folders, write_points

_PURPOSE = "audit checkpoint key"
_OF_KEYS = (actions.SIGNING_KEY_MADE.code, actions.SIGNING_KEY_REPLACED.code)


def require_not_lost() -> None:
    """The key is there, or never was: the log knows of none, and neither do the files. Raises SigningKeyLost."""
    if not _path().exists() and _was_made():
        raise SigningKeyLost


def signing_key(installation: UUID, *, now: datetime) -> Ed25519PrivateKey:
    """The key, made and recorded if there is none. Under the lease only.

    Raises SigningKeyLost, SigningKeyUnreadable, and as the vault's service does.
    """
    require_not_lost()
    return _recorded_key(installation, actor="system", now=now)


def lost_key() -> Verifier:
    """The key that signed last, once it is certain that it can sign no more.

    Raises NoKeyYet, KeyAtHand, KeyListMissing, NotANote, and as the vault's service does.
    """
    if not _was_made():
        raise NoKeyYet
    if _path().exists() and _opens():
        raise KeyAtHand
    known = checkpoint_files.keys()
    if not known:
        raise KeyListMissing
    return known[-1]


def replace_key(installation: UUID, *, actor: str, now: datetime) -> Ed25519PrivateKey:
    """Make another key in place of the lost one and record that for ever. Under the lease only.

    Cut off anywhere, the next signature goes on with it, or the key is still lost. Raises as ``lost_key``.
    """
    lost_key()
    path = _path()
    if path.exists():
        _set_aside(path)
    return _recorded_key(installation, actor=actor, now=now)


def _recorded_key(installation: UUID, *, actor: str, now: datetime) -> Ed25519PrivateKey:
    path = _path()
    durable.clear_unfinished(path)
    if not path.exists():
        files.keep(path, vault.seal_for_service(_PURPOSE, Ed25519PrivateKey.generate().private_bytes_raw()))
    key, known = _private(), checkpoint_files.keys()
    own = Verifier(checkpoint_files.key_name(installation), key.public_key().public_bytes_raw())
    # Recorded before it is listed, and again when a restore lost the entry: who signs was told of before.
    _record(own, after=known[: known.index(own)] if own in known else known, actor=actor, now=now)
    if own not in known:
        write_points.reached("audit: signing key recorded")
        lines = [f"{each.line}\n" for each in (*known, own)]
        files.replace(checkpoint_files.keys_path(), "".join(lines).encode())
    return key


def _private() -> Ed25519PrivateKey:
    try:
        secret = vault.open_for_service(_PURPOSE, files.read(_path()))
        return Ed25519PrivateKey.from_private_bytes(secret)
    except vault.NewerFormat:
        raise  # it is there, for a newer version of this program
    except (vault.CannotOpen, files.NotAFile, ValueError):
        raise SigningKeyUnreadable from None


def _opens() -> bool:
    try:
        _private()
    except SigningKeyUnreadable:
        return False
    return True


def _was_made() -> bool:
    return (
        Entry.objects.filter(action__in=_OF_KEYS).exists()
        or checkpoint_files.keys_path().exists()
        or any(checkpoint_files.sizes(epoch) for epoch in tiles.epochs())
    )


def _record(key: Verifier, *, after: Sequence[Verifier], actor: str, now: datetime) -> None:
    action, facts = actions.SIGNING_KEY_MADE, dict[str, Any](key=key.public.hex())
    if after:
        action, facts = actions.SIGNING_KEY_REPLACED, facts | {"previous_key": after[-1].public.hex()}
    # In the order of entries: the first key's is found at once in a log of any size.
    if Entry.objects.filter(action=action.code, facts=facts).order_by("pk").first() is None:
        services.record(action, actor=actor, at=now, **facts)


def _set_aside(path: Path) -> None:
    """Keep what can't be opened: whoever finds the right service key may open it yet."""
    names = (path.with_name(f"{path.name}-unreadable-{number}") for number in count(1))
    path.rename(next(aside for aside in names if not aside.exists()))
    durable.sync_folder(path.parent)


def _path() -> Path:
    return folders.current().audit / "signing-key"
