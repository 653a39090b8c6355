"""Mailboxes in one file (RFC 4155 and its relatives): mails one after the other, each behind a line «From …»."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import mail
from tryggve.domains.datamap.engine.reading.parts import Limits, Member, Read, Reason, Source, within

_CHUNK: Final = 1 << 20
# A line of the text may begin with «From », too: behind that of a mail come its headers.
_SEPARATOR: Final = re.compile(rb"(?<=\n)\r?\n(?=From [^\n]{0,1000}\n>?[!-9;-~]{1,100}:)")
_LONGEST_SEPARATOR: Final = 2000


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Parts are inside «mail 17» and what ``mail.message`` calls them."""
    for number, raw in enumerate(_mails(source, limits), 1):
        label = f"mail {number}"
        if raw is None:
            yield NotScanned((label,), Reason.TOO_LARGE)
            continue
        for found in mail.message(raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw):
            if isinstance(found, Member):
                yield replace(found, name=f"{label}/{found.name}")
            else:
                yield within((label,), found)


def rehearse() -> None:
    mail.rehearse()


def _mails(source: Source, limits: Limits) -> Iterator[bytes | None]:
    """None in place of one that is too large to be held."""
    held, is_too_large = b"", False
    for at in range(0, source.size, _CHUNK):
        searched = max(len(held) - _LONGEST_SEPARATOR, 0)
        held += source[at : at + _CHUNK]
        begin = 0
        for found in _SEPARATOR.finditer(held, searched):
            yield None if is_too_large else held[begin : found.start()]
            begin, is_too_large = found.end(), False
        held = held[begin:]
        if len(held) > limits.held_bytes:
            held, is_too_large = held[-_LONGEST_SEPARATOR:], True
    yield None if is_too_large else held
