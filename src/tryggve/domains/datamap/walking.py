"""The files below a folder, in the order in which they are worth reading."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import PurePath
from typing import Final

from tryggve.domains.datamap import mounts

# What is read at once and holds the most stands first; pictures, which take seconds each, last.
_TEXT: Final = frozenset(
    ["txt", "csv", "tsv", "json", "xml", "html", "htm", "md", "log", "eml", "mbox", "vcf", "ics", "rtf"]
)
_OFFICE: Final = frozenset(["xlsx", "xls", "ods", "docx", "odt", "pptx", "odp", "doc", "sqlite", "db"])
_SLOW: Final = frozenset(["zip", "tar", "gz", "tgz", "7z", "pdf", "msg"])
_PICTURES: Final = frozenset(["jpg", "jpeg", "png", "tif", "tiff", "heic", "heif"])
_ORDER: Final = (_TEXT, _OFFICE, frozenset[str](), _SLOW, _PICTURES)
_UNKNOWN: Final = 2
_PACKED_ALONE: Final = frozenset([".gz", ".bz2", ".xz"])
# What opening says of something that has come in the place of a file.
_IN_ITS_PLACE: Final = {errno.ELOOP: "link", errno.ENXIO: "no-file", errno.ENODEV: "no-file"}


class CannotRead(Exception):
    """This file can't be read; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file or what stands in the place of one; ``refused`` is a code where it isn't read."""

    rank: int
    path: str
    size: int = field(compare=False)
    changed_ns: int = field(compare=False)
    refused: str = field(default="", compare=False)


def files_below(root: str, *, leave_out: Sequence[str] = (), look_at: Sequence[str] = ()) -> list[File]:
    """All of them, cheap and rich ones first; links aren't followed, so that no loop is walked and nothing left.

    Only ``root`` itself may be a link: whoever names it means what it leads to. What the kernel shows as files is
    passed over. The patterns are those of a shell, for a name or for a path below ``root``; with ``look_at`` only
    such files.
    """
    root = os.path.realpath(root) if os.path.islink(root) else root  # noqa: PTH114 - may be no valid text
    found = _below(root, lambda path: _is_like(path, root, leave_out))
    return sorted(one for one in found if not look_at or _is_like(one.path, root, look_at))


def _is_like(path: str, root: str, patterns: Sequence[str]) -> bool:
    if not patterns:
        return False
    below = os.path.relpath(path, root)
    name = PurePath(path).name
    return any(fnmatch(below, one) or fnmatch(name, one) for one in patterns)


def _below(root: str, is_left_out: Callable[[str], bool]) -> Iterator[File]:
    try:
        status = os.lstat(root)
    except OSError as failed:
        yield File(0, root, 0, 0, _code(failed))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _file(root, status)
        return
    folders, passed_over = [root], mounts.without_files()
    while folders:
        folder = folders.pop()
        try:
            if os.lstat(folder).st_dev in passed_over:
                continue
            with os.scandir(folder) as entries:
                for entry in entries:
                    if is_left_out(entry.path):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        yield from _entry(entry)
        except OSError as failed:
            yield File(0, folder, 0, 0, _code(failed))


def _entry(entry: os.DirEntry[str]) -> Iterator[File]:
    try:
        yield _file(entry.path, entry.stat(follow_symlinks=False))
    except FileNotFoundError:
        return  # gone since the folder was listed
    except OSError as failed:
        yield File(0, entry.path, 0, 0, _code(failed))


def _file(path: str, status: os.stat_result) -> File:
    kind = PurePath(path).suffix.lower().lstrip(".")
    rank = next((rank for rank, kinds in enumerate(_ORDER) if kind in kinds), _UNKNOWN)
    refused = "" if stat.S_ISREG(status.st_mode) else "link" if stat.S_ISLNK(status.st_mode) else "no-file"
    return File(rank, path, status.st_size, status.st_mtime_ns, refused)


def ending(path: str) -> str:
    """``.csv``; ``.csv.gz`` where it tells what is packed; empty where there is none."""
    *_more, inner, last = ["", "", *(suffix.lower() for suffix in PurePath(path).suffixes)]
    tells_what_is_packed = last in _PACKED_ALONE and any(inner[1:] in kinds for kinds in _ORDER)
    return inner + last if tells_what_is_packed else last


@contextmanager
def opened(file: File) -> Iterator[int]:
    """A descriptor of exactly that file. Raises CannotRead, also at the end where it was changed meanwhile."""
    if file.refused:
        raise CannotRead(file.refused)
    try:
        # Whatever stands there now must neither be followed nor waited for.
        held = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as failed:
        raise CannotRead(_code(failed)) from None
    try:
        before = os.fstat(held)
        if not stat.S_ISREG(before.st_mode):
            raise CannotRead("no-file")
        yield held
        after = os.fstat(held)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise CannotRead("changed")
    finally:
        os.close(held)


def _code(failed: OSError) -> str:
    match failed:
        case PermissionError():
            return "no-permission"
        case FileNotFoundError() | NotADirectoryError():
            return "vanished"
        case _:
            return _IN_ITS_PLACE.get(failed.errno or 0, "unreadable")
