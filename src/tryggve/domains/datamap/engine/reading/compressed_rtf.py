"""The packing of formatted texts in Outlook ([MS-OXRTFCP])."""

import struct
from typing import Final

from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Reason

_HEADER: Final = struct.Struct("<II4sI")
_PACKED: Final = b"LZFu"
_STORED: Final = b"MELA"
_WINDOW: Final = 4096
_FIRST_WORDS: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked(packed: bytes, limits: Limits) -> bytes:
    """As far as it goes. Raises NotRead (damaged, too-large)."""
    if len(packed) < _HEADER.size:
        raise NotRead(Reason.DAMAGED)
    _packed_size, size, kind, _crc = _HEADER.unpack_from(packed)
    if kind == _STORED:
        return packed[_HEADER.size : _HEADER.size + size]
    if kind != _PACKED:
        raise NotRead(Reason.DAMAGED)
    if size > limits.held_bytes:
        raise NotRead(Reason.TOO_LARGE)
    return _unpacked(packed[_HEADER.size :])


def _unpacked(packed: bytes) -> bytes:
    """A byte of eight flags, lowest first, then for each a letter or where in the window to copy from."""
    written = bytearray(_FIRST_WORDS)
    at = 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for flag in range(8):
            if not flags & 1 << flag:
                written += packed[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(packed[at : at + 2])
            at += 2
            offset, length = reference >> 4, (reference & 15) + 2
            begin = len(written) - (len(written) - offset) % _WINDOW
            if not 0 <= begin < len(written) or at > len(packed):
                return bytes(written[len(_FIRST_WORDS) :])
            for place in range(begin, begin + length):
                written.append(written[place])
    return bytes(written[len(_FIRST_WORDS) :])
