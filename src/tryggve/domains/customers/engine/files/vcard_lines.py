"""The content lines of a file of contact cards: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).

In bytes, because in vCard 2.1 each line may be written in an encoding of its own.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Possessive, so that no file can make it slow.
_LINE = re.compile(rb"([\w.-]++)((?:[ \t]*+;(?:[^\":;]|\"[^\"]*+\")*+)*+)[ \t]*+:")
_PARAMETER = re.compile(rb";((?:[^\";]|\"[^\"]*+\")*+)")
_BORDER = re.compile(rb"\s*(?:BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
# Pictures, sounds and keys: their lines are passed over, however long.
LEFT_OUT = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "X-THUMBNAIL"})


@dataclass(slots=True)
class ContentLine:
    """One line as it was meant, put together again; ``name`` is empty for text that is no property.

    ``parameters`` are in capitals; one without a name, as vCard 2.1 has it, is a TYPE.
    """

    line: int
    name: str = ""
    group: str = ""
    head: bytes = b""
    parameters: dict[str, list[str]] = field(default_factory=dict)
    pieces: list[bytes] = field(default_factory=list)

    @property
    def value(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def is_quoted_printable(self) -> bool:
        return "QUOTED-PRINTABLE" in self.parameters.get("ENCODING", self.parameters.get("TYPE", ()))

    def is_border(self, name: str) -> bool:
        return self.name == name and self.value.strip().upper() == b"VCARD"

    def add(self, piece: bytes) -> None:
        if self.name not in LEFT_OUT:
            self.pieces.append(piece)


def content_lines(data: bytes) -> Iterator[ContentLine]:
    """Every line with its continuations; ``line`` is the first physical one, from 1."""
    current: ContentLine | None = None
    is_unfinished = is_version_2 = False
    for number, physical in enumerate(_physical_lines(data), start=1):
        if current and is_unfinished and not _BORDER.fullmatch(physical):
            is_unfinished = _add_quoted(current, physical)
            continue
        if not physical.strip():
            continue
        is_continuation = physical[:1] in b" \t" and _is_open(current)
        found = None if is_continuation else _LINE.match(physical.lstrip())
        if found or current is None or current.name in ("BEGIN", "END"):
            if current:
                yield current
            current = _begun(number, physical.strip(), found)
            is_version_2 = _is_version_2(current, is_version_2)
            is_unfinished = current.is_quoted_printable and _add_quoted(current, current.pieces.pop())
        elif is_continuation:
            # The white space before a continuation belongs to the text in vCard 2.1 only.
            piece = physical if is_version_2 else physical[1:]
            is_unfinished = _add_quoted(current, piece) if current.is_quoted_printable else False
            if not current.is_quoted_printable:
                current.add(piece)
        else:
            current.add(b"\n" + physical)
    if current:
        yield current


def _physical_lines(data: bytes) -> Iterator[bytes]:
    data = _one_byte_a_sign(data)
    for line in io.BytesIO(data if b"\n" in data else data.replace(b"\r", b"\n")):
        yield line.rstrip(b"\r\n")


def _one_byte_a_sign(data: bytes) -> bytes:
    """The same in UTF-8, where two bytes make a letter, and without a mark before the text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    if 0 in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
        return data.decode(encoding, "replace").encode("utf-8", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


def _is_open(current: ContentLine | None) -> bool:
    return current is not None and current.name not in ("", "BEGIN", "END")


def _begun(number: int, physical: bytes, found: re.Match[bytes] | None) -> ContentLine:
    if found is None:
        return ContentLine(number, pieces=[physical])
    group, _dot, name = found[1].decode("ascii").upper().rpartition(".")
    begun = ContentLine(number, name, group, found[0], _parameters(found[2]))
    begun.pieces.append(physical[found.end() :])
    return begun


def _parameters(written: bytes) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    if not written:
        return told
    for parameter in _PARAMETER.findall(written):
        name, is_named, values = parameter.decode("ascii", "replace").replace('"', "").upper().partition("=")
        for value in map(str.strip, (values if is_named else name).split(",")):
            told.setdefault(name.strip() if is_named else _bare(value), []).append(value)
    return told


def _bare(value: str) -> str:
    """What a parameter without a name is about."""
    return "ENCODING" if value in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"


def _is_version_2(line: ContentLine, before: bool) -> bool:
    if line.name == "VERSION":
        return line.value.strip().startswith(b"2")
    return before and line.name != "BEGIN"


def _add_quoted(current: ContentLine, piece: bytes) -> bool:
    """Whether the next physical line goes on with this one: it ends in a soft line break."""
    bare = piece.rstrip(b" \t")
    is_unfinished = bare.endswith(b"=")
    current.add(bare[:-1] if is_unfinished else piece)
    return is_unfinished
