"""A table of addresses in a file of ours: written once, asked without reading more of it than a few bytes.

    tryggve addresses 1\\n
    {"labels": [...], "rows": {"4": n, "6": n}, "made": seconds since 1970}\\n
    for IPv4, then for IPv6: n first addresses in order, 4 or 16 bytes each; n numbers of labels, 2 bytes each

A row holds from its first address to that of the next. Label 0 is "": nothing is known there.
"""

import ipaddress
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_MAGIC: Final = b"tryggve addresses 1\n"
_LONGEST_HEAD: Final = 65_536
_WIDTH: Final = {4: 4, 6: 16}
_LABEL_WIDTH: Final = 2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# The first and the last address of it as numbers, and what is said of them.
Range = tuple[int, int, str]


class Unreadable(ValueError):
    """The file is no table, or not whole."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a table says of itself."""

    labels: list[str]
    rows: Mapping[int, int]
    made: int


def written(ranges: Mapping[int, Iterable[Range]], *, made: int) -> bytes:
    """The table of ranges in order that don't overlap, by version of IP; ``made`` is when, in seconds since 1970.

    Raises ValueError where they do.
    """
    labels = {"": 0}
    packed, rows = [], {}
    for version, width in _WIDTH.items():
        starts, numbers = _boundaries(ranges.get(version, ()), labels, end=1 << 8 * width)
        rows[version] = len(starts)
        packed += [start.to_bytes(width, "big") for start in starts]
        packed += [number.to_bytes(_LABEL_WIDTH, "big") for number in numbers]
    head = {"labels": list(labels), "rows": rows, "made": made}
    return b"".join([_MAGIC, json.dumps(head).encode(), b"\n", *packed])


def head_of(path: Path) -> Head:
    """What the file at that path says of itself. Raises OSError and Unreadable."""
    with path.open("rb", buffering=0) as file:
        return _head(file.fileno())[0]


def label_of(path: Path, address: Address) -> str:
    """What the table says of that address, "" for nothing. Raises OSError and Unreadable."""
    with path.open("rb", buffering=0) as file:
        head, start = _head(file.fileno())
        for version, width in _WIDTH.items():
            rows = head.rows[version]
            if version == address.version:
                return _found(file.fileno(), head, start, width, rows, int(address))
            start += rows * (width + _LABEL_WIDTH)
    raise Unreadable


def _boundaries(ranges: Iterable[Range], labels: dict[str, int], *, end: int) -> tuple[list[int], list[int]]:
    starts, numbers, free = [0], [0], 0
    for first, last, label in ranges:
        if not free <= first <= last < end:
            raise ValueError("not in order, or more than there are addresses")
        number = labels.setdefault(label, len(labels))
        for at, holds in ((first, number), (last + 1, 0)):
            if starts[-1] == at:
                starts.pop()
                numbers.pop()
            if at < end and (not numbers or numbers[-1] != holds):
                starts.append(at)
                numbers.append(holds)
        free = last + 1
    return starts, numbers


def _head(file: int) -> tuple[Head, int]:
    """The head, and where what follows it begins; the file is as long as it says."""
    begun = os.pread(file, _LONGEST_HEAD, 0)
    magic, _newline, rest = begun.partition(b"\n")
    line, newline, _rows = rest.partition(b"\n")
    if magic + b"\n" != _MAGIC or not newline:
        raise Unreadable
    try:
        head = _parsed(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as cause:
        raise Unreadable from cause
    start = len(_MAGIC) + len(line) + 1
    told = sum(head.rows[version] * (width + _LABEL_WIDTH) for version, width in _WIDTH.items())
    if os.fstat(file).st_size != start + told:
        raise Unreadable
    return head, start


def _parsed(said: Any) -> Head:
    labels = [str(label) for label in said["labels"]]
    rows = {version: int(said["rows"][str(version)]) for version in _WIDTH}
    if min(rows.values()) < 1:
        raise ValueError("a table begins with the first address of all")
    return Head(labels, rows, int(said["made"]))


def _found(file: int, head: Head, start: int, width: int, rows: int, address: int) -> str:
    """The row that the address lies in, by halving."""
    low, high = 0, rows
    while high - low > 1:
        middle = (low + high) // 2
        if int.from_bytes(os.pread(file, width, start + middle * width), "big") <= address:
            low = middle
        else:
            high = middle
    place = start + rows * width + low * _LABEL_WIDTH
    number = int.from_bytes(os.pread(file, _LABEL_WIDTH, place), "big")
    if number >= len(head.labels):
        raise Unreadable
    return head.labels[number]
