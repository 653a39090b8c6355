"""Verifies an export of Tryggve's audit log, or a report; needs Python 3.11 or later and nothing else.

    python3 -I -S verify_audit.py EXPORT [--checkpoint FILE]... [--key VKEY]... [--json]
    python3 -I -S verify_audit.py REPORT [--checkpoint FILE]... [--key VKEY]... [--json]

EXPORT is a folder or a ZIP file, REPORT a JSON file; it is only read, and nothing is written. The exit status is 0
when the log is whole or the report is what it says, 1 when it isn't, 2 when no verdict can be given.
``docs/handbook/audit-format.md`` tells the format.
"""

import argparse
import base64
import functools
import hashlib
import io
import json
import os
import re
import stat
import struct
import sys
import zipfile
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import IO, Any

WIDTH = 256  # hashes in a full tile, entries in a full bundle
_LIMITS = {"entries": WIDTH * (2 + 65_535), "note": 65_536, "line": 1_048_576, "names": 12 * 1_048_576}
_LARGEST_REPORT = 32 * 1_048_576
_FILES = 500_000
_ZIP_RATIO = 100


class Refusal(Exception):
    """No verdict can be given; the text says why."""


class Malformed(ValueError):
    """The bytes aren't what the format asks for; the text says how."""


class Bad(Exception):
    """The log isn't whole: a code of the format, a sentence, and where."""

    def __init__(
        self, why: str, message: str, epoch: int, index: int | None = None, entry: int | None = None
    ) -> None:
        super().__init__(message)
        self.facts = {"epoch": epoch, "index": index, "entry": entry, "why": why, "message": message}


# Ed25519, verification only (RFC 8032 §5.1).

_P = 2**255 - 19
_LOW = 2**255 - 1
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = (4 * pow(5, -1, _P) % _P).to_bytes(32, "little")
_NEUTRAL = (0, 1, 1, 0)
_HALF = 512
_Four = tuple[int, int, int, int]
_Three = tuple[int, int, int]


def _point(encoded: bytes) -> _Four:
    """In extended coordinates (§5.1.3, §5.1.4); Malformed when it is none, or not written in its canonical way."""
    y, sign = int.from_bytes(encoded, "little") & _LOW, encoded[31] >> 7
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * v**3 * pow(u * v**7, (_P - 5) // 8, _P) % _P
    if (v * x * x + u) % _P == 0:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (v * x * x - u) % _P or (x == 0 and sign):
        raise Malformed("it is no point of the curve")
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


def _sum(start: _Four, summands: Iterable[_Three]) -> _Four:
    """The point with all of them added, one after the other (§5.1.4 with Z = 1 of each summand)."""
    x, y, z, t = start
    p, low = _P, _LOW
    for plus, minus, product in summands:
        a, b, c, d = (y - x) * minus, (y + x) * plus, t * product, z + z
        # 2^255 is 19 modulo P: cheaper than a remainder, and short enough for the products.
        a, b = (a & low) + 19 * (a >> 255), (b & low) + 19 * (b >> 255)
        c = (c & low) + 19 * (c >> 255)
        e, f, g, h = b - a, d - c, d + c, b + a
        x, y, z, t = e * f % p, g * h % p, f * g % p, e * h % p
    return x, y, z, t


def _summands(points: list[_Four]) -> list[_Three]:
    """Each as Y + X, Y - X and 2dXY at Z = 1; one inversion does for all (Montgomery's trick)."""
    products = list(accumulate((z for _, _, z, _ in points), lambda one, other: one * other % _P, initial=1))
    inverse, found = pow(products.pop(), -1, _P), []
    for (x, y, z, _), before in zip(reversed(points), reversed(products), strict=True):
        own, inverse = inverse * before % _P, inverse * z % _P
        x, y = x * own % _P, y * own % _P
        found.append((y + x, y - x, 2 * _D * x * y % _P))
    return found[::-1]


@functools.lru_cache(maxsize=8)
def _multiples(encoded: bytes, sign: int = 1) -> list[list[_Three]]:
    """Row i, column j: j · 1024^i times the point, so that its product with a scalar is 26 additions.

    Columns are counted from the end for negative j, as Python does.
    """
    x, y, z, t = _point(encoded)
    step, table = _summands([(x * sign, y, z, t * sign)]), []
    for _ in range(26):
        points = [_NEUTRAL]
        for _ in range(_HALF):
            points.append(_sum(points[-1], step))
        row = _summands(points)
        table.append(row + [(minus, plus, -product) for plus, minus, product in row[-2:0:-1]])
        step = _summands([_sum(points[-1], row[-1:])])
    return table


def _columns(scalar: int, table: list[list[_Three]]) -> list[_Three]:
    """What the scalar is the sum of: of each row one, by digits from -511 to 512."""
    found = []
    for row in table:
        digit = scalar & 1023
        scalar >>= 10
        if digit > _HALF:
            digit -= 1024
            scalar += 1
        found.append(row[digit])
    return found


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature holds (RFC 8032 §5.1.7), by the equation without cofactor: [S]B = R + [k]A.

    S ≥ L is refused, and points not written canonically. Malformed when ``public`` is no point.
    """
    if len(signature) != 64 or (s := int.from_bytes(signature[32:], "little")) >= _L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    total = _sum(_NEUTRAL, _columns(s, _multiples(_BASE)) + _columns(k, _multiples(public, -1)))
    inverse = pow(total[2], -1, _P)
    x, y = total[0] * inverse % _P, total[1] * inverse % _P
    # R is never decoded: bytes that aren't canonical can't equal these.
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# Entries: canonical JSON (RFC 8785).

_TEXT = r'"[ !#-\[\]-~]*"'
_FACT = rf'"[a-z][a-z0-9_]*":(?:{_TEXT}|0|-?[1-9][0-9]{{0,14}}|true|false|null)'
_AT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.(?!000000)[0-9]{6})?Z"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# What this matches is canonical, but for the order of several facts, and its day; all else is parsed.
_PLAIN = re.compile(
    rf'\{{"action":{_TEXT},"actor":{_TEXT},"at":"{_AT}","commitment":(?:null|"([0-9a-f]{{64}})"),'
    rf'"entry":([1-9][0-9]{{0,14}}),"facts":\{{({_FACT}(,{_FACT})*)?\}},'
    rf'"subject":(?:null|"{_UUID}"),"v":1\}}'.encode()
)
_NAME_OF_FACT = re.compile(rb'"([a-z][a-z0-9_]*)":')
_OF_KEY = b'{"action":"audit.signing-key-'
_ENTRY = re.compile(rb',"entry":([0-9]{1,15}),"facts":')


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Beyond U+FFFF Python sorts otherwise than RFC 8785.
    if len(found := dict(pairs)) != len(pairs) or any(key > "\uffff" for key in "".join(found)):
        raise Malformed("a key comes twice, or is oddly named")
    return found


def _number(digits: str) -> float:
    # The numbers that Python and JavaScript write alike.
    number = float(digits)
    if digits.lstrip("-").isdigit() and abs(number) < 2**53:
        return int(digits)
    if not 1e-4 <= abs(number) < 1e16 or number.is_integer():
        raise Malformed("a number is too large, too small or oddly written")
    return number


def parsed(data: bytes) -> dict[str, Any]:
    """A JSON object in which no key comes twice; Malformed otherwise."""
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_int=_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise Malformed("it isn't strict JSON") from None
    if not isinstance(found, dict):
        raise Malformed("it is no JSON object")
    return found


def canonical(value: dict[str, Any]) -> bytes:
    """RFC 8785 for what ``parsed`` gives."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode()
    except (ValueError, RecursionError):
        raise Malformed("it is no Unicode, or too deep") from None


def read_leaf(data: bytes) -> dict[str, Any]:
    """The entry; Malformed unless it is canonical JSON with exactly the keys and types of the format."""
    leaf = parsed(data)
    free = {"action": "", "actor": "", "facts": {}}
    if canonical(leaf) != data or any(type(leaf.get(key)) is not type(free[key]) for key in free):
        raise Malformed("it isn't an entry in canonical JSON")
    try:
        datetime.fromisoformat(leaf["at"] if _PLAIN.fullmatch(canonical(leaf | free)) else "")
    except ValueError:
        raise Malformed("it hasn't the keys and values of an entry") from None
    return leaf


def split(bundle: bytes, width: int) -> list[bytes]:
    """The leaves of a bundle; Malformed when it holds more of them, or can't be cut."""
    leaves: list[bytes] = []
    at = 0
    while at < len(bundle) and len(leaves) < width:
        start = at + 2
        at = start + int.from_bytes(bundle[at:start], "big")
        leaves.append(bundle[start:at])
    if at != len(bundle):
        raise Malformed("it can't be cut into its entries")
    return leaves


# Keys and checkpoints: signed notes.

_HEAD = re.compile(
    rf"(tryggve/{_UUID})/([1-9][0-9]{{0,8}})\n(0|[1-9][0-9]{{0,17}})\n([^\n]{{44}})\n(?:[^\n]+\n)*"
)
_SIGNATURE = re.compile(r"— ([^ +\n]+) ([^ \n]+)\n")


@dataclass(frozen=True)
class Key:
    line: str
    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True)
class Checkpoint:
    """What a signed note says, the bytes that were signed, the signatures with their names."""

    place: str
    log: str
    epoch: int
    size: int
    root: bytes
    text: bytes
    signatures: tuple[tuple[str, bytes], ...]
    signed_by: tuple[Key, ...] = ()

    @property
    def title(self) -> str:
        return f"The checkpoint of size {self.size} of epoch {self.epoch} ({self.place})"


def _unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if base64.b64encode(data).decode() != text:
        raise Malformed("its base64 is damaged")
    return data


def read_key(line: str) -> Key:
    """The key of a line ``<name>+<id>+<base64>``; Malformed when the parts don't fit each other."""
    name, _, rest = line.partition("+")
    data = _unbase64(rest[9:])
    named = hashlib.sha256(f"{name}\n".encode() + data).digest()[:4]
    if len(data) != 33 or data[0] != 1 or not line.startswith(f"{name}+{named.hex()}+"):
        raise Malformed("it is no verifier key")
    _point(data[1:])
    return Key(line, name, named, data[1:])


def key_of(name: str, public: bytes) -> Key:
    """The verifier key of that name; Malformed when it is no point."""
    data = b"\1" + public
    named = hashlib.sha256(f"{name}\n".encode() + data).hexdigest()[:8]
    return read_key(f"{name}+{named}+{base64.b64encode(data).decode()}")


def read_checkpoint(data: bytes, place: str) -> Checkpoint:
    """The checkpoint of a signed note; Malformed when it is none."""
    try:
        text, gap, signed = data.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise Malformed("it isn't UTF-8") from None
    head, lines = _HEAD.fullmatch(text + "\n"), _SIGNATURE.findall(signed)
    if not gap or not head or not lines or "".join(f"— {name} {rest}\n" for name, rest in lines) != signed:
        raise Malformed("it isn't a signed checkpoint")
    if not text.replace("\n", "").isprintable():
        raise Malformed("it holds control characters")
    root, signatures = _unbase64(head[4]), tuple((name, _unbase64(rest)) for name, rest in lines)
    return Checkpoint(place, head[1], int(head[2]), int(head[3]), root, f"{text}\n".encode(), signatures)


def signers(checkpoint: Checkpoint, keys: list[Key]) -> tuple[Key, ...]:
    """Those of the keys that have signed it; Bad when a signature with the name of one doesn't hold."""
    pairs = ((key, name, sig) for name, sig in checkpoint.signatures for key in keys)
    signed = [(key, sig[4:]) for key, name, sig in pairs if (name, sig[:4]) == (key.name, key.id)]
    for key, signature in signed:
        if key.name != checkpoint.log or not is_signed(key.public, checkpoint.text, signature):
            raise Bad("checkpoint-forged", f"{checkpoint.title} has a false signature.", checkpoint.epoch)
    return tuple(key for key, _signature in signed)


# The export: a folder or a ZIP file, perhaps of somebody who wishes us harm.


class _Modest(io.FileIO):
    """A ZIP file whose list of contents can't fill the memory."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > _LIMITS["names"]:
            raise Refusal("The ZIP file lists too many files. Unpack it, and name the folder instead.")
        return super().read(-1 if size is None else size)

    def __del__(self) -> None:
        self.close()


def _plain(path: str, flags: int) -> int:
    """Opens a file and nothing else: a pipe in its place would be waited for."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("it is no file")
    return descriptor


@contextmanager
def _told(name: str) -> Iterator[None]:
    of_zip = (zipfile.BadZipFile, zlib.error, struct.error, EOFError)
    try:
        yield
    except (OSError, RuntimeError, LookupError, ValueError, *of_zip) as fault:
        raise Refusal(f"{name!a} can't be read: {str(fault)!a}.") from None


class Export:
    """The files of an export by name; Refusal for what no export holds, and for what can't be read."""

    def __init__(self, place: Path) -> None:
        self.names: set[str] = set()
        with _told(str(place)):
            archive = None if place.is_dir() else zipfile.ZipFile(_Modest(place, opener=_plain))
            self._place, self._zip = place, archive
            for name in _names_in_zip(archive, place.stat().st_size) if archive else _names_in_folder(place):
                if name in self.names or len(self.names) >= _FILES:
                    raise Refusal(f"The export holds too many files, or two with one name: {name!a}.")
                self.names.add(name)

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(name) if self._zip else open(self._place / name, "rb", opener=_plain)

    def read(self, name: str, limit: int) -> bytes:
        with _told(name), self._open(name) as file:
            if len(data := file.read(limit + 1)) > limit:
                raise Refusal(f"{name} is larger than {limit} bytes, which the format doesn't allow.")
            return data

    def lines(self, name: str) -> Iterator[bytes]:
        with _told(name), self._open(name) as file:
            while line := file.readline(_LIMITS["line"] + 1):
                if len(line) > _LIMITS["line"]:
                    raise Refusal(f"{name} has a line of more than {_LIMITS['line']} bytes.")
                yield line


def _names_in_folder(place: Path) -> Iterator[str]:
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(place / below) as found:
            for item in found:
                name = below + item.name
                if item.is_symlink() or not (item.is_dir() or item.is_file()) or name.count("/") > 12:
                    raise Refusal(f"The export holds a link, or no plain file: {name!a}.")
                folders += [f"{name}/"] * item.is_dir()
                yield name + "/" * item.is_dir()


def _names_in_zip(archive: zipfile.ZipFile, size: int) -> Iterator[str]:
    files = archive.infolist()
    packed, unpacked = sum(one.compress_size for one in files), sum(one.file_size for one in files)
    if packed > size or unpacked > size * _ZIP_RATIO:
        raise Refusal("The ZIP file would grow beyond measure when it is unpacked.")
    for one in files:
        name = one.orig_filename
        if name != one.filename or "\\" in name or {"", ".", ".."} & set(name.removesuffix("/").split("/")):
            raise Refusal(f"The ZIP file holds a name that leads elsewhere: {name!a}.")
        if stat.S_ISLNK(one.external_attr >> 16) or one.flag_bits & 1 or one.compress_type not in (0, 8):
            raise Refusal(f"The ZIP file holds a link, or what is encrypted or oddly packed: {name!a}.")
        yield name


_NOTE = re.compile(r"epoch-([0-9]{4,9})/checkpoint(?:s/[0-9]{12,})?")
_TILE = re.compile(
    r"epoch-([0-9]{4,9})/tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?"
)


@dataclass
class Epoch:
    """The names of its checkpoints, and by kind (a level, or entries) and index the widths of its tiles."""

    number: int
    notes: list[str] = field(default_factory=list)
    tiles: dict[str, dict[int, list[int]]] = field(
        default_factory=lambda: {kind: {} for kind in (*"01234567", "entries")}
    )

    def size(self) -> int:
        """How many entries its bundles hold by their names; Bad when some between or before the tiles are missing."""
        size = 0
        for index, widths in sorted(self.tiles["entries"].items()):
            size += max(widths) if index * WIDTH == size else 0
        if max(self._reach("entries"), self._reach("0")) > size:
            message = f"Epoch {self.number}: entries are missing, the first is number {size} counted from 0."
            raise Bad("missing", message, self.number, size)
        return size

    def read(self, export: Export, kind: str, index: int, width: int) -> bytes:
        limit = _LIMITS["entries"] if kind == "entries" else 8192
        return export.read(tile_name(self.number, kind, index, width), limit)

    def opening(self, export: Export) -> dict[str, Any]:
        """The first entry; Malformed when it is none."""
        width = max(self.tiles["entries"].get(0, [0]))
        leaves = split(self.read(export, "entries", 0, width), width) if width else []
        return read_leaf(leaves[0] if leaves else b"")

    def check_tiles(self, size: int) -> None:
        """Refusal when a tile of the tree is missing, Bad when one lies outside of it."""
        for level in range(8):
            count, tiles = size >> 8 * level, self.tiles[str(level)]
            for index in range(-(-count // WIDTH)):
                if (width := min(WIDTH, count - index * WIDTH)) not in tiles.get(index, ()):
                    name = tile_name(self.number, str(level), index, width)
                    raise Refusal(f"The export isn't complete: {name} is missing. Nothing is proved.")
            if self._reach(str(level)) > count:
                message = f"Epoch {self.number}: a tile of level {level} reaches beyond the entries."
                raise Bad("tile-changed", message, self.number)

    def _reach(self, kind: str) -> int:
        return max((index * WIDTH + max(widths) for index, widths in self.tiles[kind].items()), default=0)


def tile_name(epoch: int, kind: str, index: int, width: int = WIDTH) -> str:
    """Where a tile or bundle lies (c2sp.org/tlog-tiles)."""
    path, above = f"{index % 1000:03}", index // 1000
    while above:
        path, above = f"x{above % 1000:03}/{path}", above // 1000
    return f"epoch-{epoch:04}/tile/{kind}/{path}" + (f".p/{width}" if width < WIDTH else "")


def laid_out(names: Iterable[str]) -> tuple[dict[int, Epoch], int]:
    """The epochs by number, and how many files aren't of the format."""
    epochs: dict[int, Epoch] = {}
    strangers = 0
    for name in names:
        note, tile = _NOTE.fullmatch(name), _TILE.fullmatch(name)
        number = int((note or tile or ["", "0"])[1])
        epoch = epochs.setdefault(number, Epoch(number))
        index, width = (int(re.sub("[x/]", "", tile[at] or "256")) for at in (3, 4)) if tile else (0, 0)
        if note and number and name.startswith(f"epoch-{number:04}/"):
            epoch.notes.append(name)
        elif tile and number and 0 < width <= WIDTH and name == tile_name(number, tile[2], index, width):
            epoch.tiles[tile[2]].setdefault(index, []).append(width)
        else:
            strangers += name not in ("key", "details.jsonl") and not name.endswith("/")
    return {number: epoch for number, epoch in epochs.items() if number}, strangers


# The tree of an epoch (RFC 6962 §2.1).


_SHA = hashlib.sha256  # looked up two million times


def rows_above(hashes: bytes) -> list[bytes]:
    """The roots of the complete subtrees of each height, from the given row up."""
    rows = [hashes]
    while len(row := rows[-1]) >= 64:
        rows.append(
            b"".join([_SHA(b"\1" + row[at : at + 64]).digest() for at in range(0, len(row) - 63, 64)])
        )
    return rows


def parts_of(rows: list[bytes], width: int) -> list[bytes]:
    """The complete subtrees that make up the first ``width`` of the lowest row, from the left."""
    parts, at = [], 0
    for height in reversed(range(len(rows))):
        if width >> height & 1:
            start = 32 * (at >> height)
            parts.append(rows[height][start : start + 32])
            at += 1 << height
    return parts


def root_of(parts: list[bytes]) -> bytes:
    if not parts:
        return hashlib.sha256().digest()
    return functools.reduce(lambda right, left: _SHA(b"\1" + left + right).digest(), reversed(parts))


class Details:
    """Every entry's number and commitment, 40 bytes each, to hold the lines of details against."""

    def __init__(self) -> None:
        self._entries, self._commitments, self._starts = array("Q"), bytearray(), [(0, 0)]

    def begin(self, epoch: int) -> None:
        self._starts.append((len(self._entries), epoch))

    def add(self, entry: int, commitment: str | None) -> None:
        self._entries.append(entry)
        self._commitments += bytes.fromhex(commitment or "00" * 32)

    def check(self, lines: Iterable[bytes]) -> None:
        """Bad when a line isn't what its entry is committed to."""
        order = sorted(range(len(self._entries)), key=self._entries.__getitem__)
        for count, line in enumerate(lines, start=1):
            try:
                entry, digest = _commitment(line)
            except Malformed as fault:
                message = f"Line {count} of details.jsonl is no details: {fault}."
                raise Bad("commitment-broken", message, self._starts[1][1]) from None
            at = bisect_left(order, entry, key=self._entries.__getitem__)
            at = order[at] if at < len(order) else -1
            if at < 0 or self._entries[at] != entry or self._commitments[32 * at : 32 * at + 32] != digest:
                start, epoch = max(begun for begun in self._starts if begun[0] <= max(at, 0))
                index = at - start if at >= 0 and self._entries[at] == entry else None
                message = f"The details told of entry {entry} aren't those that were logged."
                raise Bad("commitment-broken", message, epoch or self._starts[1][1], index, entry)


def _commitment(line: bytes) -> tuple[int, bytes]:
    told = parsed(line)
    entry, salt, details = told.get("entry"), told.get("salt"), told.get("details")
    if len(told) != 3 or type(entry) is not int or not isinstance(salt, str) or not isinstance(details, dict):
        raise Malformed("it hasn't the keys entry, salt and details")
    if not re.fullmatch("[0-9a-f]{32}", salt) or not all(isinstance(text, str) for text in details.values()):
        raise Malformed("the salt isn't 16 bytes, or a detail isn't text")
    return entry, hashlib.sha256(bytes.fromhex(salt) + canonical(details)).digest()


@dataclass
class Odd:
    """The first place where a tile and the entries differ, and what else is known of the two hashes there."""

    tile: str
    level: int
    first: int
    entry: int | None
    expected: bytes
    actual: bytes
    is_expected_later: bool = False
    is_actual_later: bool = False

    def look(self, tile: bytes, hashes: bytes) -> None:
        self.is_expected_later |= self.expected in _blocks(hashes)
        self.is_actual_later |= self.actual in _blocks(tile)


def _blocks(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + 32] for at in range(0, len(hashes), 32)]


class Walk:
    """One pass over an epoch: every entry's hash and form, every tile, the roots at the sizes asked for."""

    def __init__(self, export: Export, epoch: Epoch, details: Details | None) -> None:
        self.number, self.size, self.roots = epoch.number, epoch.size(), dict[int, bytes]()
        self._export, self._epoch, self._details, self._days = export, epoch, details, set[bytes]()
        self._odd: Odd | None = None
        self.made: list[Made] = []

    def run(self, sizes: Iterable[int]) -> None:
        """Bad for the first entry that can't be read; what differs from a tile waits for ``settle``."""
        self._epoch.check_tiles(self.size)
        inside: dict[int, list[int]] = {}
        for size in {self.size, *sizes}:
            inside.setdefault(size // WIDTH, []).append(size)
        tails, tops = dict[int, list[bytes]](), bytearray()
        for index in range(-(-self.size // WIDTH)):
            try:
                rows = rows_above(self._bundle(index))
            except Bad:
                if self._odd:
                    return  # the fault before this one is told
                raise
            tails |= {size: parts_of(rows, size % WIDTH) for size in inside.get(index, ())}
            tops += rows[8] if len(rows) > 8 else b""
        above = rows_above(bytes(tops))
        for level, row in enumerate(above[::8], start=1):
            for at in range(0, len(row), 32 * WIDTH):
                self._compare(level, at // 32 // WIDTH, row[at : at + 32 * WIDTH], [])
        for size in (size for sizes in inside.values() for size in sizes if 0 <= size <= self.size):
            self.roots[size] = root_of(parts_of(above, size // WIDTH) + tails.get(size, []))

    def settle(self, checkpoints: list[Checkpoint]) -> None:
        """Bad when the entries aren't those of the tiles or of the checkpoints; the latter decide who is right."""
        held = [one for one in checkpoints if one.size <= self.size]
        odd, since = self._odd, 0
        later = [one for one in held if odd and one.size > odd.first]
        if odd and later and all(self.roots.get(one.size) == one.root for one in later):
            message = f"{odd.tile} isn't the tile of its entries, which are those of the checkpoints."
            raise Bad("tile-changed", message, self.number)
        if odd:
            why = "changed"
            if odd.is_actual_later and not odd.level:
                why = "moved" if odd.is_expected_later else "missing"
            message = f"Epoch {self.number}, number {odd.first} counted from 0: {_SENTENCES[why]}"
            message += f" ({odd.tile} covers {WIDTH**odd.level} entries from there.)" * bool(odd.level)
            raise Bad(why, message, self.number, odd.first, odd.entry)
        for one in held:
            if self.roots[one.size] != one.root:
                message = f"{one.title} has another tree than the entries; they part between {since} and {one.size}."
                raise Bad("not-the-tree-of-checkpoint", message, self.number)
            since = one.size

    def _bundle(self, index: int) -> bytes:
        *older, width = sorted(self._epoch.tiles["entries"][index])
        bundle = self._epoch.read(self._export, "entries", index, width)
        try:
            leaves = split(bundle, width)
        except Malformed as fault:
            name = tile_name(self.number, "entries", index, width)
            raise Bad("unreadable", f"{name} is damaged: {fault}.", self.number, index * WIDTH) from None
        hashes = b"".join([_SHA(b"\0" + leaf).digest() for leaf in leaves])
        self._compare(0, index, hashes, leaves)
        if self._odd:
            self._odd.look(self._epoch.read(self._export, "0", index, width), hashes)
            return hashes
        for old in older:
            length = sum(map(len, leaves[:old])) + 2 * old
            if self._epoch.read(self._export, "entries", index, old) != bundle[:length]:
                message = f"{tile_name(self.number, 'entries', index, old)} isn't how the bundle began."
                raise Bad("unreadable", message, self.number, index * WIDTH)
        self._check_form(index * WIDTH, leaves)
        self.made += keys_made(self.number, index * WIDTH, bundle, leaves)
        return hashes

    def _compare(self, level: int, index: int, hashes: bytes, leaves: list[bytes]) -> None:
        for width in sorted(self._epoch.tiles[str(level)].get(index, ())):
            tile = self._epoch.read(self._export, str(level), index, width)
            if (tile == hashes[: 32 * width] and len(tile) == 32 * width) or self._odd:
                continue
            pairs = zip_longest(_blocks(tile)[:width], _blocks(hashes)[:width], fillvalue=b"")
            differing = ((at, *pair) for at, pair in enumerate(pairs) if pair[0] != pair[1])
            at, expected, actual = next(differing, (width - 1, b"", b""))
            entry = _ENTRY.search(leaves[at]) if at < len(leaves) else None
            first = (index * WIDTH + at) * WIDTH**level
            name = tile_name(self.number, str(level), index, width)
            self._odd = Odd(name, level, first, int(entry[1]) if entry else None, expected, actual)

    def _check_form(self, first: int, leaves: list[bytes]) -> None:
        for index, leaf in enumerate(leaves, start=first):
            plain = _PLAIN.fullmatch(leaf)
            if not plain or plain[1] not in self._days or (plain[4] and not _is_ordered(plain[4])):
                try:
                    entry = read_leaf(leaf)
                except Malformed as fault:
                    message = f"Epoch {self.number}, number {index} counted from 0 is no entry: {fault}."
                    raise Bad("unreadable", message, self.number, index) from None
                self._days |= {plain[1]} if plain else set()
                if self._details:
                    self._details.add(entry["entry"], entry["commitment"])
            elif self._details:
                self._details.add(int(plain[3]), plain[2].decode() if plain[2] else None)


@dataclass(frozen=True)
class Made:
    """An entry that tells of a key that signs checkpoints, and its place."""

    public: str
    place: tuple[int, int]
    entry: int
    day: str
    is_replacement: bool


def keys_made(epoch: int, first: int, bundle: bytes, leaves: list[bytes]) -> Iterator[Made]:
    """Those of a bundle whose first entry is number ``first``; Malformed when one is no entry."""
    if _OF_KEY not in bundle:
        return
    for index, one in enumerate(leaves, start=first):
        leaf: dict[str, Any] = read_leaf(one) if one.startswith(_OF_KEY) else {"action": "", "facts": {}}
        public, is_replacement = leaf["facts"].get("key"), leaf["action"] == "audit.signing-key-replaced"
        is_of_key = is_replacement or leaf["action"] == "audit.signing-key-made"
        if is_of_key and isinstance(public, str) and re.fullmatch("[0-9a-f]{64}", public):
            yield Made(public, (epoch, index), leaf["entry"], leaf["at"][:10], is_replacement)


def _is_ordered(facts: bytes) -> bool:
    names = _NAME_OF_FACT.findall(facts)
    return names == sorted(set(names))


_SENTENCES = {
    "changed": "what stands there isn't what was logged.",
    "missing": "the entry that was logged there is missing.",
    "moved": "the entries stand in another order than they were logged in.",
}


# The chain of epochs, and the verdict.


@dataclass(frozen=True)
class _Told:
    """What the first entry of an epoch tells of the epoch before it that has entries, and of what a restore lost."""

    epoch: int
    reason: str
    previous_epoch: int
    previous_size: int
    previous_root: str = ""
    known_size: int = 0
    known_root: str = ""
    lost_from: int = 0
    lost_to: int = 0

    @classmethod
    def of(cls, leaf: dict[str, Any]) -> "_Told":
        """Malformed when the entry opens no epoch, or a fact is missing, too many or of another type."""
        kinds = {one.name: one.type for one in fields(cls)}
        facts = {name: fact for name, fact in leaf["facts"].items() if name in kinds}
        is_typed = all(type(fact) is kinds[name] for name, fact in facts.items())
        if leaf["action"] != "audit.epoch-opened" or not is_typed:
            raise Malformed("it opens no epoch")
        needed = {"epoch", "reason", "previous_size"}
        needed |= set() if facts.get("reason") == "first" else {"previous_root"}
        if facts.get("reason") == "restore":
            needed |= {"known_size", "known_root", "lost_from", "lost_to"} | facts.keys() & {"previous_epoch"}
        if set(facts) != needed:
            raise Malformed("it lacks facts, or has those of another reason")
        older = facts.get("previous_epoch")
        if older is not None and (facts["previous_size"] < 1 or not 0 < older < facts["epoch"] - 1):
            raise Malformed("it names an epoch that can't be the one before")
        return cls(**{"previous_epoch": facts["epoch"] - 1} | facts)

    def fits(self, epoch: int) -> bool:
        if self.epoch != epoch or self.reason not in (["year", "restore"] if epoch > 1 else ["first"]):
            return False
        if self.reason == "first":
            return self.previous_size == 0
        if self.previous_size < 1 and (self.previous_size, self.previous_root) != (0, root_of([]).hex()):
            return False
        # Of the epoch that the restore interrupted, which is always the one numbered before.
        kept = self.previous_size if self.previous_epoch == epoch - 1 else 0
        if self.lost_from < self.lost_to:
            return self.lost_from == kept and 0 <= self.known_size <= self.lost_to
        return self.lost_from == self.lost_to and 0 <= self.known_size <= kept and kept > 0

    def is_true_of(self, before: Walk) -> bool:
        told = self.previous_epoch, self.previous_size, self.previous_root
        if told != (before.number, before.size, before.roots[before.size].hex()):
            return False
        is_of_known = self.reason == "restore" and before.number == self.epoch - 1
        if is_of_known and self.known_size <= before.size:
            return before.roots[self.known_size].hex() == self.known_root
        return True

    def is_lost(self, one: Checkpoint, there: int) -> bool:
        """Whether the restore lost what the checkpoint counts beyond the entries ``there`` in its epoch."""
        kept = self.previous_size if one.epoch == self.previous_epoch else 0
        start, end = (self.previous_epoch, self.previous_size), (self.epoch - 1, self.lost_to)
        return there == kept and self.lost_from < self.lost_to and start < (one.epoch, one.size) <= end


_NEVER = (10**9, 0)  # behind every place that the format knows


class Log:
    """The log of an export, to be verified once with the keys given (else its own) and checkpoints saved elsewhere."""

    what = "export"

    def __init__(self, export: Export, saved: list[Checkpoint], pinned: list[Key]) -> None:
        self._export, self._saved, self.checked = export, saved, 0
        self._lost: list[tuple[_Told, str]] = []  # the restores that lost something, and their days
        self._beyond: list[Checkpoint] = []  # of more entries than there are: the next epoch must tell why
        self.epochs, self.strangers = laid_out(export.names)
        if not self.epochs:
            raise Refusal("There is no epoch in the export: it is no export of an audit log.")
        try:
            text = "" if pinned else export.read("key", _LIMITS["note"]).decode()
            self.keys = pinned or [read_key(line) for line in text.removesuffix("\n").split("\n")]
        except ValueError as fault:
            raise Refusal(f"The key of the export is damaged: {fault}.") from None
        self._full = sorted(number for number, one in self.epochs.items() if one.tiles["entries"])
        self.newest: Checkpoint | None = None
        self._is_from_start = False
        self.made: dict[str, Made] = {}  # by key the entry that first told of it
        self._signed: dict[Key, Checkpoint] = {}  # by key the first that it signed
        self._details = Details() if "details.jsonl" in export.names else None

    def verdict(self) -> dict[str, Any]:
        """As the format has it; ``ok`` tells whether the log is whole."""
        first_bad = None
        try:
            self._verify()
        except Bad as bad:
            first_bad = bad.facts
        newest = self.newest
        widths = (max(found) for one in self.epochs.values() for found in one.tiles["entries"].values())
        return {
            "ok": first_bad is None,
            "entries": sum(widths),
            "checkpoint": newest and {"epoch": newest.epoch, "size": newest.size, "root": newest.root.hex()},
            "first_bad": first_bad,
            "lost_by_restore": [
                {"from": told.lost_from, "to": told.lost_to, "epoch": told.epoch - 1, "on": day}
                for told, day in self._lost
            ],
            "keys_replaced": [
                {"entry": made.entry, "epoch": made.place[0], "on": made.day, "key": made.public}
                for made in self._replaced()
            ],
        }

    def _verify(self) -> None:
        self._saved = [replace(one, signed_by=self._signers(one)) for one in self._saved]
        for one in self._saved:
            self.epochs.setdefault(one.epoch, Epoch(one.epoch))
        before = None
        for number in sorted(self.epochs):
            at = bisect_left(self._full, number + 1)
            after = self.epochs[self._full[at]] if at < len(self._full) else None
            before = self._epoch(self.epochs[number], before, after)
        self._check_keys()
        if self._details:
            self._details.check(self._export.lines("details.jsonl"))

    def _signers(self, one: Checkpoint) -> tuple[Key, ...]:
        """Bad unless a known key has signed it."""
        if found := signers(one, self.keys):
            return found
        message = f"{one.title} isn't signed with a known key."
        for made in self._all_made():
            key = key_of(one.log, bytes.fromhex(made.public))
            if signers(one, [key]):
                message += (
                    f" It is signed with the key that was made in place of a lost one by entry {made.entry} of "
                    f"{made.day}, says the log, which that key has signed. If somebody whom you trust says so, too, "
                    f"give it as well: --key '{key.line}'"
                )
                break
        raise Bad("checkpoint-forged", message, one.epoch)

    def _all_made(self) -> Iterator[Made]:
        """What the entries tell of keys, as long as they can be read; not yet held against anything."""
        for epoch in self.epochs.values():
            for index, widths in sorted(epoch.tiles["entries"].items()):
                bundle = epoch.read(self._export, "entries", index, max(widths))
                try:
                    yield from keys_made(epoch.number, index * WIDTH, bundle, split(bundle, max(widths)))
                except Malformed:
                    return

    def _replaced(self) -> list[Made]:
        """Every key told of that isn't the log's first."""
        return [made for at, made in enumerate(self.made.values()) if at or made.is_replacement]

    def _unrecorded(self) -> list[Key]:
        """Keys of which no entry tells, though they have signed."""
        return [key for key in self._signed if key.public.hex() not in self.made]

    def _check_keys(self) -> None:
        """Bad when a key has signed of which no entry told before."""
        late = [one for key, one in self._signed.items() if self._told_at(key) >= (one.epoch, one.size)]
        for one in late:
            lines = " ".join(key.line for key in one.signed_by)
            message = f"{one.title} is signed with a key of which no entry before it tells: {lines}"
            raise Bad("checkpoint-forged", message, one.epoch)

    def _told_at(self, key: Key) -> tuple[int, int]:
        """The place of the entry that first told of the key; an export that begins later need not have it."""
        made = self.made.get(key.public.hex())
        return made.place if made else _NEVER if self._is_from_start else (0, 0)

    def _epoch(self, epoch: Epoch, before: Walk | None, after: Epoch | None) -> Walk | None:
        """The newest epoch that has entries, of which ``before`` and ``after`` are the ones beside it."""
        walk = Walk(self._export, epoch, self._details)
        checkpoints = self._checkpoints(epoch, is_newest=not after)
        if self._details:
            self._details.begin(epoch.number)
        beyond = [one for one in checkpoints if one.size > walk.size]
        if not after:
            self._check_beyond(beyond, None)
        try:
            known = after.opening(self._export)["facts"].get("known_size") if after else 0
        except Malformed:
            known = 0  # told when that epoch has its turn
        walk.run([*(one.size for one in checkpoints), known if type(known) is int else 0])
        walk.settle(checkpoints)
        for made in walk.made:
            self.made.setdefault(made.public, made)
        # Of what a restore lost the key's entry may be lost, too.
        for one in (one for one in checkpoints if one.size <= walk.size):
            for key in one.signed_by:
                self._signed.setdefault(key, one)
        if after and not walk.size:
            self._beyond += beyond
            return before
        self._check_opening(epoch, before)
        self._beyond = beyond
        self.newest = next((one for one in reversed(checkpoints) if one.size <= walk.size), None)
        return walk

    def _checkpoints(self, epoch: Epoch, *, is_newest: bool) -> list[Checkpoint]:
        """Those of the export and those saved, the smallest first; each is signed."""
        found = [one for one in self._saved if one.epoch == epoch.number]
        # What the next epoch opens with proves an older one, too.
        if is_newest and not found and not epoch.notes:
            raise Refusal(f"Epoch {epoch.number} has no checkpoint: nothing of it is proved.")
        for name in sorted(epoch.notes):
            try:
                one = read_checkpoint(self._export.read(name, _LIMITS["note"]), name)
                if one.epoch != epoch.number or not name.endswith(("/checkpoint", f"/{one.size:012}")):
                    raise Malformed("it is the checkpoint of another place")
            except Malformed as fault:
                raise Bad("unreadable", f"{name} is damaged: {fault}.", epoch.number) from None
            found.append(replace(one, text=b"", signatures=(), signed_by=self._signers(one)))
        self.checked += len(found)
        return sorted(found, key=lambda one: one.size)

    def _check_opening(self, epoch: Epoch, before: Walk | None) -> None:
        """Bad unless the first entry opens the epoch and tells the truth of the one before (None: not there)."""
        try:
            leaf = epoch.opening(self._export)
            told = _Told.of(leaf)
            is_true = told.fits(epoch.number) and (not before or told.is_true_of(before))
        except Malformed:
            is_true = False
        if not is_true and before and before.number + 1 < epoch.number:
            message = f"Epoch {before.number + 1} is missing, and no restore tells why."
            raise Bad("epoch-broken", message, before.number + 1)
        if not is_true:
            message = f"Epoch {epoch.number} doesn't open with what the epoch before it ended with."
            raise Bad("epoch-broken", message, epoch.number, 0)
        self._is_from_start |= not told.previous_size
        self._check_beyond(self._beyond, told)
        if told.lost_from < told.lost_to:
            self._lost.append((told, leaf["at"][:10]))

    def _check_beyond(self, beyond: list[Checkpoint], told: _Told | None) -> None:
        """Bad for a checkpoint of more entries than its epoch has, unless a restore is said to have lost them."""
        for one in beyond:
            there = self.epochs[one.epoch].size()
            if not told or not told.is_lost(one, there):
                message = f"{one.title} counts more entries than the {there} that are there."
                raise Bad("shorter-than-checkpoint", message, one.epoch, there or None)
            known = told.epoch - 1, told.known_size
            if (one.epoch, one.size) == known and one.root.hex() != told.known_root:
                message = f"{one.title} has another root than the restore tells of."
                raise Bad("not-the-tree-of-checkpoint", message, one.epoch)

    def sentences(self, verdict: dict[str, Any]) -> Iterator[str]:
        """The verdict for people."""
        if bad := verdict["first_bad"]:
            yield f"The log is NOT whole ({bad['why']})."
            yield bad["message"]
            return
        yield f"The log is whole: {verdict['entries']:,} entries in {len(self._full)} epochs."
        yield f"Checkpoints that hold: {self.checked:,}, of which {len(self._saved)} saved elsewhere."
        if newest := self.newest:
            yield f"The newest: epoch {newest.epoch}, {newest.size:,} entries, root {newest.root.hex()}."
            if young := self.epochs[newest.epoch].size() - newest.size:
                yield f"The last {young:,} entries came after it: no signature holds them yet."
        for told, day in self._lost:
            start = f"number {told.previous_size} of epoch {told.previous_epoch}"
            end = f"number {told.lost_to - 1} of epoch {told.epoch - 1}"
            yield f"History lost by the restore of {day}, as the log itself tells: from {start} on to {end}."
        for made in self._replaced():
            line = key_of(newest.log, bytes.fromhex(made.public)).line if newest else made.public
            yield f"Signed with another key since entry {made.entry} of {made.day}, as the one before was lost: {line}"
        for key in self._unrecorded():
            yield f"No entry of the export tells of this key, as it begins later than the key: {key.line}"
        if (first := self._full[0]) > 1:
            yield f"The export begins with epoch {first}; of those before it nothing more is said."
        if self.strangers:
            yield f"{self.strangers} other files in the export weren't looked at."


# A report: what it says, and the way of each entry behind it up to the root of one checkpoint.


def is_on_the_way(leaf: bytes, index: int, path: list[bytes], size: int, root: bytes) -> bool:
    """Whether the path leads from the leaf to the root of a tree of that size (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, _SHA(b"\0" + leaf).digest()
    for beside in path:
        if not last:
            return False
        if at & 1 or at == last:
            found = _SHA(b"\1" + beside + found).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = _SHA(b"\1" + found + beside).digest()
        at, last = at >> 1, last >> 1
    return not last and found == root


@dataclass(frozen=True)
class Proof:
    epoch: int
    index: int
    leaf: bytes
    path: list[bytes]

    @classmethod
    def of(cls, told: object) -> "Proof":
        """Malformed unless it has the keys and types of the format."""
        match told:
            case {"epoch": int(epoch), "index": int(index), "leaf": str(leaf), "path": list(path)}:
                if isinstance(told, dict) and len(told) == 4 and len(path) < 64:
                    return cls(epoch, index, leaf.encode(), [_hash(one) for one in path])
        raise Malformed("a proof hasn't the keys and values of one")


def _hash(told: object) -> bytes:
    if not isinstance(told, str) or not re.fullmatch("[0-9a-f]{64}", told):
        raise Malformed("a hash isn't 64 hexadecimal digits")
    return bytes.fromhex(told)


class Report:
    """A report, to be verified once with the keys given (else its own) and checkpoints saved elsewhere."""

    what = "report"

    def __init__(self, data: bytes, saved: list[Checkpoint], pinned: list[Key]) -> None:
        self._saved, self._roots, self._compared = saved, dict[int, tuple[int, bytes]](), 0
        self._entries: dict[int, dict[str, Any]] = {}
        self._uncompared: list[Checkpoint] = []
        try:
            told = parsed(data)
            if told.get("format") != "tryggve-report/1":
                raise Malformed("it has another format")
            match told:
                case {"report": dict(report), "seal": seal, "links": list(links), "entries": list(entries)}:
                    self._seal = Proof.of(seal)
                    self._links, self._proofs = [[Proof.of(one) for one in some] for some in (links, entries)]
                    self._digest = hashlib.sha256(canonical(report)).hexdigest()
                    self._report, self._evidence = report, list(_evidence_in(report))
                case _:
                    raise Malformed("it lacks keys of the format")
            lines, note = told.get("keys"), told.get("checkpoint")
            if len(told) != 7 or not isinstance(lines, list) or not isinstance(note, str) or not lines:
                raise Malformed("it lacks keys of the format, or has others")
            self.keys = pinned or [read_key(str(line)) for line in lines]
            self.checkpoint = read_checkpoint(note.encode(), "in the report")
        except (ValueError, RecursionError) as fault:
            raise Refusal(f"The report can't be read: {str(fault)!a}.") from None

    def verdict(self) -> dict[str, Any]:
        """As the format has it; ``ok`` tells whether the report is what was logged."""
        first_bad, made_at = None, None
        try:
            made_at = self._verify()
        except Bad as bad:
            first_bad = bad.facts
        one = self.checkpoint
        return {
            "ok": first_bad is None,
            "report": self._digest,
            "made_at": made_at,
            "evidence": self._compared,
            "score": self._report.get("score"),
            "checkpoint": {"epoch": one.epoch, "size": one.size, "root": one.root.hex()},
            "not_compared": [{"epoch": other.epoch, "size": other.size} for other in self._uncompared],
            "first_bad": first_bad,
        }

    def _verify(self) -> str:
        for one in (self.checkpoint, *self._saved):
            if not signers(one, self.keys):
                message = f"{one.title} isn't signed with a known key."
                raise Bad("checkpoint-forged", message, one.epoch)
        self._compare_saved()
        self._follow_links()
        for proof in self._proofs:
            leaf = self._proved(proof)
            self._entries[leaf["entry"]] = leaf
        seal = self._proved(self._seal)
        if (seal["action"], seal["facts"].get("report")) != ("protection.report-sealed", self._digest):
            message = "The report doesn't say what was logged when it was made."
            raise Bad("report-changed", message, self._seal.epoch, self._seal.index, seal["entry"])
        self._check_evidence()
        for why in _contradictions(self._report):
            raise Bad("state-changed", why, self._seal.epoch, self._seal.index, seal["entry"])
        return str(seal["at"])

    def _compare_saved(self) -> None:
        mine = self.checkpoint
        for one in self._saved:
            if (one.log, one.epoch, one.size) != (mine.log, mine.epoch, mine.size):
                self._uncompared.append(one)
            elif one.root != mine.root:
                message = f"{one.title} has another root than that of the report."
                raise Bad("not-the-tree-of-checkpoint", message, one.epoch)

    def _follow_links(self) -> None:
        """What the first entry of each epoch tells of the one before."""
        epoch = self.checkpoint.epoch
        self._roots[epoch] = self.checkpoint.size, self.checkpoint.root
        for link in self._links:
            leaf = self._proved(link)
            try:
                told = _Told.of(leaf)
                if (link.epoch, link.index) != (epoch, 0) or not told.fits(epoch) or not told.previous_size:
                    raise Malformed("it leads nowhere")
                epoch, before = told.previous_epoch, (told.previous_size, _hash(told.previous_root))
            except Malformed:
                message = f"The first entry of epoch {link.epoch} doesn't tell of an epoch before it."
                raise Bad("epoch-broken", message, link.epoch, 0, leaf["entry"]) from None
            self._roots[epoch] = before

    def _proved(self, proof: Proof) -> dict[str, Any]:
        """The entry; Bad unless it stands in the log."""
        size, root = self._roots.get(proof.epoch, (0, b""))
        if not is_on_the_way(proof.leaf, proof.index, proof.path, size, root):
            message = (
                f"Epoch {proof.epoch}, number {proof.index} counted from 0: that entry isn't in the log."
            )
            raise Bad("changed", message, proof.epoch, proof.index)
        try:
            return read_leaf(proof.leaf)
        except Malformed as fault:
            message = f"Epoch {proof.epoch}, number {proof.index} counted from 0 is no entry: {fault}."
            raise Bad("unreadable", message, proof.epoch, proof.index) from None

    def _check_evidence(self) -> None:
        """Bad when the report tells of a measuring what its entry doesn't."""
        for told in self._evidence:
            entry, epoch = told.get("entry"), self.checkpoint.epoch
            leaf = self._entries.get(entry) if type(entry) is int else None
            if leaf is None:
                message = f"The report tells of a measuring whose entry ({entry!a}) it doesn't prove."
                raise Bad("missing", message, epoch, None, entry if type(entry) is int else None)
            if leaf["action"] != "controls.measured" or not _agrees(told, leaf):
                message = f"The report tells of a measuring otherwise than entry {entry} of the log."
                raise Bad("evidence-changed", message, epoch, None, entry)
            self._compared += 1

    def sentences(self, verdict: dict[str, Any]) -> Iterator[str]:
        """The verdict for people."""
        if bad := verdict["first_bad"]:
            yield f"The report is NOT what was logged ({bad['why']})."
            yield bad["message"]
            return
        one = self.checkpoint
        yield f"The report is what was logged on {verdict['made_at'][:10]}: {verdict['report']}."
        yield f"Measurings that it tells of and that stand in the log as told: {verdict['evidence']:,}."
        proven, of, failing = (verdict["score"][name] for name in ("proven", "of", "failing"))
        yield f"What it says, as follows from them: {proven} of {of} proven, {failing} failing."
        yield f"The checkpoint: epoch {one.epoch}, {one.size:,} entries, root {one.root.hex()}."
        for other in self._uncompared:
            yield f"{other.title} is signed, but of another size: compare it with an export of the log."


def _evidence_in(value: object) -> Iterator[dict[str, Any]]:
    """Every measuring that a report tells of, wherever it stands: all that is called ``evidence``."""
    for name, one in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        if name == "evidence" and one is not None:
            yield one if isinstance(one, dict) else {}
        else:
            yield from _evidence_in(one)


_PROVEN = ("proved", "observed")
_SCORED = {
    "proven": _PROVEN, "attested": ("attested",), "stale": ("stale",), "failing": ("failing",),
    "unknown": ("unknown",), "not_applicable": ("not-applicable",),
}  # fmt: skip


def _contradictions(report: dict[str, Any]) -> Iterator[str]:
    """What the report says that doesn't follow from the measurings it tells of, in words."""
    try:
        for one in report["controls"]:
            if not _follows(one, report["made_at"]):
                yield f"The report says {one['state']!a} of {one['id']!a}, which doesn't follow from what was measured."
        for one in report["findings"]["listed"]:
            if not _is_finding(one):
                yield f"The report tells of a failing of {one['control']!a} that doesn't follow from what was measured."
        if _score_of(report["controls"]) != report["score"]:
            yield "The report counts otherwise than the states it tells."
    except (KeyError, TypeError, AttributeError):
        yield "The report doesn't tell its states as a report does."


def _follows(one: dict[str, Any], made_at: str) -> bool:
    """Whether the state of a control follows from its own measuring, that counted when the report was made."""
    told, state = one["evidence"], one["state"]
    if told is None:
        return state not in ("failing", *_PROVEN)
    if told["control"] != one["id"] or (told["verdict"] == "FAILING") is not (state == "failing"):
        return False
    if "valid_until" in told and told["valid_until"] != one["valid_until"]:
        return False
    return state not in _PROVEN or (told["verdict"].lower() == state and made_at < one["valid_until"])


def _is_finding(one: dict[str, Any]) -> bool:
    """Whether a measuring that failed began it, and one that passed ended it, both of that control."""
    opened, closed = one["opened"]["evidence"], one["closed"]["evidence"]
    is_opened = (opened["control"], opened["verdict"]) == (one["control"], "FAILING")
    if not one["is_mended"]:
        return is_opened and closed is None
    return is_opened and closed["control"] == one["control"] and closed["verdict"].lower() in _PROVEN


def _score_of(controls: list[dict[str, Any]]) -> dict[str, int]:
    """The count of the states of all that are counted; those that don't apply stand beside it."""
    states = [one["state"] for one in controls if one["is_counted"]]
    found = {name: sum(state in some for state in states) for name, some in _SCORED.items()}
    return {"of": len(states) - found["not_applicable"], **found}


def _agrees(told: dict[str, Any], leaf: dict[str, Any]) -> bool:
    """With the facts, the whole of it is what the entry has the digest of; without, what the entry itself says."""
    logged, said = leaf["facts"], {name: one for name, one in told.items() if name != "entry"}
    if "facts" in said:
        return bool(logged.get("evidence") == hashlib.sha256(canonical(said)).hexdigest())
    at = leaf["at"].removesuffix("Z")
    plain = {
        "control": str(logged.get("control")).upper(),
        "verdict": "" if logged.get("verdict") == "unknown" else str(logged.get("verdict")).upper(),
        "cause": "" if logged.get("cause") == "none" else logged.get("cause"),
        "received_at": f"{at}{'' if '.' in at else '.000000'}+00:00",
    }
    return said == plain


def _report_at(place: Path) -> bytes | None:
    """What is in the file if it is a report; None for an export."""
    with _told(str(place)):
        if place.is_dir():
            return None
        with open(place, "rb", opener=_plain) as file:
            if file.read(1) != b"{":
                return None
            if len(rest := file.read(_LARGEST_REPORT)) == _LARGEST_REPORT:
                raise Refusal(f"The report is larger than {_LARGEST_REPORT} bytes, which no report is.")
    return b"{" + rest


def _arguments(words: list[str] | None) -> argparse.Namespace:
    told = "Verifies an export of Tryggve's audit log, or a report."
    parser = argparse.ArgumentParser(prog="verify_audit.py", allow_abbrev=False, description=told)
    parser.add_argument("export", type=Path, help="a folder or a ZIP file; or a report")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="saved elsewhere")
    parser.add_argument("--key", action="append", default=[], help="the log's, as you know it")
    parser.add_argument("--json", action="store_true", help="answer with JSON")
    return parser.parse_args(words)


def _saved(path: Path) -> Checkpoint:
    with _told(str(path)), path.open("rb") as file:
        # A mail program ends lines in its own way, and in a mail the checkpoint comes after words.
        text = b"\n" + file.read(_LIMITS["note"]).replace(b"\r\n", b"\n").strip() + b"\n"
        return read_checkpoint(text[max(text.rfind(b"\ntryggve/"), 0) + 1 :], ascii(str(path)))


def main(words: list[str] | None = None) -> int:
    options = _arguments(words)
    try:
        with _told("the key given"):
            pinned = [read_key(line) for line in options.key]
        saved, report = [_saved(path) for path in options.checkpoint], _report_at(options.export)
        log = Log(Export(options.export), saved, pinned) if report is None else Report(report, saved, pinned)
        verdict = log.verdict()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(json.dumps(verdict) if options.json else "\n".join(log.sentences(verdict)))
    if options.json and verdict.get("not_compared"):
        print("A checkpoint was given that is of another size: it was not compared.", file=sys.stderr)
    if not pinned:
        print(
            f"The key was taken from the {log.what} itself. So this shows that the {log.what} agrees with itself, not "
            f"who signed it: compare the key with one that you know, or give that with --key. {log.keys[-1].line}",
            file=sys.stderr if options.json else sys.stdout,
        )
    return 0 if verdict["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
