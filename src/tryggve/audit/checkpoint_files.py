"""What checkpoints say, and where they and the keys that sign them lie on the disk."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.audit import files, notes, tiles
from tryggve.lib import folders
from tryggve.lib.errors import Refusal

_HEAD = re.compile(
    r"tryggve/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([1-9][0-9]{0,8})\n"
    r"(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)"
)
_DIGITS = 12


class CheckpointForged(Refusal):
    """What lies in the place of a checkpoint isn't one that a key of the log has signed."""

    sentence = gettext_lazy(
        "The newest checkpoint of the audit log isn't signed by this installation. It was neither gone on from "
        "nor shown, and nothing was signed. Someone may have changed the log: keep a copy of the whole data "
        "folder, and verify the log."
    )


@dataclass(frozen=True)
class Checkpoint:
    """The size and root of one epoch's tree, as signed; ``note`` is the signed note itself.

    ``signed_by`` are the keys whose signatures were checked.
    """

    installation: UUID
    epoch: int
    size: int
    root: bytes
    extensions: tuple[str, ...]
    note: bytes
    signed_by: tuple[notes.Verifier, ...] = field(default=(), compare=False)

    @property
    def at(self) -> str | None:
        """When it was signed, by the line ``at``."""
        return next((line[3:] for line in self.extensions if line.startswith("at ")), None)


def key_name(installation: UUID) -> str:
    return f"tryggve/{installation}"


def text_of(installation: UUID, epoch: int, size: int, root: bytes, extensions: Sequence[str]) -> str:
    """What is signed."""
    origin = f"{key_name(installation)}/{epoch}"
    return "".join(f"{line}\n" for line in (origin, size, notes.encode(root), *extensions))


def read(note: bytes) -> Checkpoint:
    """What an unverified note says. Raises NotANote."""
    text, _signatures = notes.text_of(note)
    return _parsed(text, note)


def opened(note: bytes, keys: Sequence[notes.Verifier]) -> Checkpoint:
    """What a note says that one of the keys of its own installation has signed. Raises NotANote, NotSigned."""
    found = read(note)
    name = key_name(found.installation)
    return replace(found, signed_by=notes.signers(note, [key for key in keys if key.name == name]))


def sizes(epoch: int) -> list[int]:
    """The sizes that files among the checkpoints of the epoch are named after, smallest first."""
    folder = _folder(epoch)
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if name.isdecimal())


def path(epoch: int, size: int) -> Path:
    return _folder(epoch) / f"{size:0{_DIGITS}}"


def newest_path(epoch: int) -> Path:
    return tiles.EpochTiles(epoch).folder / "checkpoint"


def newest(epoch: int) -> Checkpoint | None:
    """The checkpoint of the largest size, as in ``signed``."""
    return next(signed(epoch), None)


def newest_within(epoch: int, size: int) -> Checkpoint | None:
    """The checkpoint of the largest size that isn't beyond that one.

    Nothing is passed over: raises CheckpointForged, NotANote and OSError for what lies in its place.
    """
    within = [one for one in sizes(epoch) if one <= size]
    return _opened_at(epoch, within[-1], keys()) if within else None


def signed(epoch: int, *, above: int = -1) -> Iterator[Checkpoint]:
    """The checkpoints of the epoch beyond a size that one of the log's keys has signed, largest first.

    A file that only lies among them is passed over: verification tells of it, and it must neither pass for a
    checkpoint nor stop the log. Raises NotANote for the keys themselves, and OSError.
    """
    beyond = [size for size in reversed(sizes(epoch)) if size > above]
    known = keys() if beyond else []
    found = (_signed(epoch, size, known) for size in beyond)
    yield from (one for one in found if one is not None)


def keep(checkpoint: Checkpoint) -> None:
    """Write it among the others of its epoch, then as the newest. Raises FileDisagrees and OSError."""
    for left_behind in _folder(checkpoint.epoch).glob("*.new"):  # by a run that was cut off
        left_behind.unlink()
    files.keep(path(checkpoint.epoch, checkpoint.size), checkpoint.note)
    files.replace(newest_path(checkpoint.epoch), checkpoint.note)


def keys_path() -> Path:
    return folders.current().audit / "key"


def keys() -> list[notes.Verifier]:
    """The keys that checkpoints of this log are signed with, newest last. Raises NotANote."""
    try:
        text = files.read(keys_path()).decode("ascii")
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, files.NotAFile):
        raise notes.NotANote from None
    if not text.endswith("\n"):
        raise notes.NotANote
    return [notes.verifier(line) for line in text[:-1].split("\n")]


def _signed(epoch: int, size: int, known: Sequence[notes.Verifier]) -> Checkpoint | None:
    try:
        return _opened_at(epoch, size, known)
    except (CheckpointForged, notes.NotANote):
        return None


def _opened_at(epoch: int, size: int, known: Sequence[notes.Verifier]) -> Checkpoint:
    try:
        found = opened(files.read(path(epoch, size)), known)
    except (FileNotFoundError, files.NotAFile):  # the name was a number, but not written as ours are
        raise notes.NotANote from None
    except notes.NotSigned:
        raise CheckpointForged from None
    if (found.epoch, found.size) != (epoch, size):
        raise CheckpointForged
    return found


def _parsed(text: str, note: bytes) -> Checkpoint:
    found = _HEAD.fullmatch(text)
    if not found:
        raise notes.NotANote
    installation, epoch, size, root, extensions = found.groups()
    return Checkpoint(
        UUID(installation),
        int(epoch),
        int(size),
        notes.decode(root),
        tuple(extensions.split("\n")[:-1]),
        note,
    )


def _folder(epoch: int) -> Path:
    return tiles.EpochTiles(epoch).folder / "checkpoints"
