"""The whole log as one ZIP file, which the standalone verifier reads."""

import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tryggve.audit import canonical, checkpoint_files, details, files, tiles
from tryggve.audit.models import Entry, Leaf
from tryggve.audit.tiles import EpochTiles, Unreadable
from tryggve.audit.tree import HEIGHT, WIDTH

_ENTRIES_AT_A_TIME = 500
_OWNER_ALONE = 0o600


def write(to: BinaryIO | Path, *, with_details: bool) -> None:
    """Write the log up to its newest checkpoint; sign one first, for the newest entries to be in it.

    Older epochs are written whole. Neither the log nor the file is held in memory, ``to`` need not be able to go
    back, and a path must be free. With details, those that still open lie readable in ``details.jsonl``: the caller
    logs that look. Raises NotANote, Unreadable and OSError; with details also Locked.
    """
    with _target(to) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member("key"), _content(checkpoint_files.keys_path()))
        sizes = _sizes()
        for epoch, size in sizes.items():
            for name, content in _files_of(epoch, size, is_newest=epoch == max(sizes)):
                archive.writestr(_member(f"epoch-{epoch:04}/{name}"), content)
        if with_details:
            _write_details(archive, sizes)


@contextmanager
def _target(to: BinaryIO | Path) -> Iterator[BinaryIO]:
    if not isinstance(to, Path):
        yield to
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(to, flags, _OWNER_ALONE), "wb") as out:
        yield out


def _sizes() -> dict[int, int]:
    """How much of each epoch is written."""
    sizes = {epoch: EpochTiles(epoch).size() for epoch in tiles.epochs()}
    if sizes and (signed := checkpoint_files.sizes(max(sizes))):
        sizes[max(sizes)] = signed[-1]
    return sizes


def _files_of(epoch: int, size: int, *, is_newest: bool) -> Iterator[tuple[str, bytes]]:
    signed = [one for one in checkpoint_files.sizes(epoch) if one <= size or not is_newest]
    if signed:
        yield "checkpoint", _content(checkpoint_files.path(epoch, signed[-1]))
    for one in signed:
        path = checkpoint_files.path(epoch, one)
        yield f"checkpoints/{path.name}", _content(path)
    folder, level = EpochTiles(epoch), 0
    while count := size >> HEIGHT * level:
        for number in range(-(-count // WIDTH)):
            width = min(WIDTH, count - number * WIDTH)
            yield tiles.name_of(level, number, width), b"".join(folder.hashes(level, number, width))
            if level == 0:
                bundle = tiles.bundle_of(folder.leaves(number, width))
                yield tiles.name_of("entries", number, width), bundle
        level += 1


def _content(path: Path) -> bytes:
    try:
        return files.read(path)
    except files.NotAFile:
        raise Unreadable(path) from None


def _write_details(archive: zipfile.ZipFile, sizes: Mapping[int, int]) -> None:
    last = 0
    with archive.open(_member("details.jsonl"), "w", force_zip64=True) as out:
        while entries := list(
            Entry.objects.filter(commitment__isnull=False, pk__gt=last).order_by("pk")[:_ENTRIES_AT_A_TIME]
        ):
            last = entries[-1].pk
            written = _written(entries, sizes)
            for entry, told in details.opened([entry for entry in entries if entry.pk in written]).items():
                if told.state == "open":
                    line = {"entry": entry, "salt": told.salt.hex(), "details": told.words}
                    out.write(canonical.encode(line).encode() + b"\n")


def _written(entries: list[Entry], sizes: Mapping[int, int]) -> set[int]:
    """Those whose leaf is among the leaves written."""
    places = Leaf.objects.filter(entry__in=[entry.pk for entry in entries])
    return {place.entry for place in places if place.leaf_index < sizes.get(place.epoch, 0)}


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # without a date, so that the same log gives the same file
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = _OWNER_ALONE << 16
    return member
