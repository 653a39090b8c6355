"""What a QR code says, read from its drawing; ISO/IEC 18004, text in bytes only. A drawing has no smears to correct."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any
from urllib.parse import unquote

from segno.consts import ALIGNMENT_POS, ECC  # the standard's tables

Modules = set[tuple[int, int]]  # the dark ones, by row and column

_BLOCKS: Any = ECC  # segno tells no types
QUIET = 4
_STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
_WIDTH = re.compile(r"width='(\d+)'")
_PATH = re.compile(r" d='([^']+)'")
_BYTES_MODE = 0b0100
_FORMAT_MASK = 0b10101
_FORMAT_PLACES = ((8, 0), (8, 1), (8, 2), (8, 3), (8, 4))
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: (i * j) % 2 + (i * j) % 3 == 0,
    lambda i, j: ((i * j) % 2 + (i * j) % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + (i * j) % 3) % 2 == 0,
)


def text_of(data_uri: str) -> str:
    """The text of a code drawn as SVG in a data URI, with a quiet zone around it."""
    size, dark = _drawn(unquote(data_uri))
    version = (size - 17) // 4
    told = _number([place in dark for place in _FORMAT_PLACES]) ^ _FORMAT_MASK
    level, mask = told >> 3, _MASKS[told & 0b111]
    bits = [((place in dark) != mask(*place)) for place in _way(size, _reserved(version, size))]
    codewords = [_number(bits[start : start + 8]) for start in range(0, len(bits) - 7, 8)]
    kinds = _BLOCKS[version][level]
    blocks = [kind.num_data for kind in kinds for _block in range(kind.num_blocks)]
    return _text(_in_order(codewords, blocks), version)


def _drawn(svg: str) -> tuple[int, Modules]:
    """How many modules wide it is, and the dark ones."""
    (width,), (path,) = _WIDTH.findall(svg), _PATH.findall(svg)
    dark: Modules = set()
    row, column = 0.0, 0
    for step, first, second in _STEP.findall(path):
        if step == "h":
            dark |= {(int(row) - QUIET, column + more - QUIET) for more in range(int(first))}
            column += int(first)
        else:
            row, column = (
                (float(second), int(first)) if step == "M" else (row + float(second), column + int(first))
            )
    return int(width) - 2 * QUIET, dark


def _reserved(version: int, size: int) -> Modules:
    """Where patterns stand, and what is told of version, level and mask."""
    far = range(size - 8, size)
    taken = {*product(range(9), range(9)), *product(range(9), far), *product(far, range(9))}
    taken |= {(6, along) for along in range(size)} | {(along, 6) for along in range(size)}
    centres = ALIGNMENT_POS[version - 2] if version > 1 else ()
    for row, column in product(centres, centres):
        if (row, column) not in {(6, 6), (6, size - 7), (size - 7, 6)}:
            taken |= set(product(range(row - 2, row + 3), range(column - 2, column + 3)))
    if version >= 7:
        told = set(product(range(6), range(size - 11, size - 8)))
        taken |= told | {(column, row) for row, column in told}
    return taken


def _way(size: int, reserved: Modules) -> Iterator[tuple[int, int]]:
    """Two columns at a time from the right, up and down in turn."""
    upwards = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield from (place for place in ((row, right), (row, right - 1)) if place not in reserved)
        upwards = not upwards


def _in_order(codewords: Sequence[int], blocks: Sequence[int]) -> bytes:
    """The blocks one after the other, which stand a byte of each in turn."""
    coming = iter(codewords)
    parts: list[list[int]] = [[] for _block in blocks]
    for turn, (part, length) in product(range(max(blocks)), list(zip(parts, blocks, strict=True))):
        if turn < length:
            part.append(next(coming))
    return bytes(byte for part in parts for byte in part)


def _text(data: bytes, version: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    start = 4 + (8 if version < 10 else 16)
    assert int(bits[:4], 2) == _BYTES_MODE
    length = int(bits[4:start], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(start, start + 8 * length, 8)).decode()


def _number(bits: Sequence[bool]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)
