"""Signed statements of how large the log is and what its root is; they leave the machine."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve.audit import checkpoint_files, epochs, lease, notes, sequencer, signing, standing
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.leaves import Place
from tryggve.audit.standing import LogDisagrees, RolledBack
from tryggve.audit.tiles import EpochTiles
from tryggve.lib import write_points

Extension = Callable[[], str]

_extensions: dict[str, Extension] = {}


def extension(name: str) -> Callable[[Extension], Extension]:
    """Let each checkpoint also state what the function answers, as a line ``name value`` without line breaks."""

    def register(function: Extension) -> Extension:
        _extensions[name] = function
        return function

    return register


def sign(*, now: datetime) -> Checkpoint:
    """Sequence what waits and sign the tree; the newest checkpoint if it hasn't grown since.

    The tree that is signed holds the one of the newest checkpoint of its epoch on this disk, and a key of the log
    has signed that one. A checkpoint that was removed from the disk isn't missed here: what contradicts it shows
    when the log is verified against a copy that was kept elsewhere. Raises SigningKeyLost before anything is
    changed, SigningKeyUnreadable, CheckpointForged, as sequence does, and as the vault's service does.
    """
    with lease.held():
        signing.require_not_lost()
        sequencer.advance(now=now)
        return _sign_all(signing.signing_key(_installation(), now=now), now=now)


def sign_with_new_key(*, actor: str, now: datetime) -> Checkpoint:
    """Make another signing key in place of the lost one, record that for ever, and sign with it how the log stands.

    The tree goes on: it holds the one that the lost key signed last. Raises as ``signing.lost_key`` before anything
    is changed, and as ``sign``.
    """
    with lease.held():
        signing.lost_key()
        sequencer.advance(now=now)
        return _sign_all(signing.replace_key(_installation(), actor=actor, now=now), now=now)


def newest() -> Checkpoint | None:
    """The newest checkpoint on this disk, signed by a key of the log, whether or not the log has grown since.

    Raises CheckpointForged, RolledBack, FilesMissing, Unreadable, NotANote and OSError.
    """
    last = standing.newest()
    if last is None:
        return None
    if found := checkpoint_files.newest_within(last.epoch, last.index + 1):
        return found
    older = (checkpoint_files.newest(epoch) for epoch in range(last.epoch - 1, 0, -1))
    return next((one for one in older if one), None)


def opened(note: bytes) -> Checkpoint:
    """A checkpoint that was kept elsewhere, if one of this log's keys has signed it. Raises NotANote, NotSigned."""
    return checkpoint_files.opened(note, checkpoint_files.keys())


def _sign_all(key: Ed25519PrivateKey, *, now: datetime) -> Checkpoint:
    sequencer.advance(now=now)  # the entry of the key, if it was made now
    last = _last()
    before = checkpoint_files.newest_within(last.epoch, last.index + 1)
    if before is not None and before.size > last.index:
        checkpoint_files.keep(before)  # a run may have been cut off before it named the newest
        return before
    return _sign(last, before, key, now=now)


def _sign(last: Place, before: Checkpoint | None, key: Ed25519PrivateKey, *, now: datetime) -> Checkpoint:
    folder, size = EpochTiles(last.epoch), last.index + 1
    if before is not None and folder.root(before.size) != before.root:
        raise LogDisagrees
    installation, root = _installation(), folder.root(size)
    at = f"{now.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
    lines = [f"at {at}", *(f"{name} {function()}" for name, function in sorted(_extensions.items()))]
    text = checkpoint_files.text_of(installation, last.epoch, size, root, lines)
    signed = checkpoint_files.read(notes.sign(text, name=checkpoint_files.key_name(installation), key=key))
    checkpoint_files.keep(signed)
    write_points.reached("audit: checkpoint kept")
    return signed


def _last() -> Place:
    last = standing.newest()
    if last is None:
        raise RolledBack
    return last


def _installation() -> UUID:
    began = epochs.opening(_last().epoch)
    if began is None:
        raise LogDisagrees
    return began.installation
