"""What tests of readers share: the parts of a file, and where in it a text was found."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from tryggve.domains.datamap.engine import reading
from tryggve.domains.datamap.engine.findings import NotScanned, Where
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, Part

LIMITS = Limits()


def everything(content: bytes, name: str, limits: Limits = LIMITS) -> list[Part | NotScanned]:
    return list(reading.read(HeldBytes(content), name, limits))


def parts(content: bytes, name: str, limits: Limits = LIMITS) -> list[Part]:
    """Raises AssertionError if anything of it was not read."""
    read, not_read = read_and_not(content, name, limits)
    assert not not_read
    return read


def reasons(content: bytes, name: str, limits: Limits = LIMITS) -> list[str]:
    return [one.reason for one in read_and_not(content, name, limits)[1]]


def read_and_not(content: bytes, name: str, limits: Limits = LIMITS) -> tuple[list[Part], list[NotScanned]]:
    found = everything(content, name, limits)
    read = [one for one in found if isinstance(one, Part)]
    return read, [one for one in found if isinstance(one, NotScanned)]


def bytes_at(content: bytes, where: Where) -> bytes:
    """Of the file as it lies."""
    offset, length = int(str(where["offset"])), int(str(where["length"]))
    assert length >= 0
    return content[offset : offset + length]


def text(content: bytes, name: str) -> str:
    """Of all parts."""
    return "\n".join(part.content.decode() for part in parts(content, name))


def places(found: list[Part], value: str) -> Iterator[tuple[Part, Where]]:
    """Where a value stands in those parts whose own it is."""
    sought = value.encode()
    for part in found:
        begin, end = part.own or (0, len(part.content))
        at = part.content.find(sought)
        while at >= 0:
            if begin <= at < end:
                yield part, part.place.where(at, at + len(sought))
            at = part.content.find(sought, at + 1)


def where(content: bytes, name: str, value: str) -> Where:
    """The only place of a value."""
    [(_part, found)] = places(parts(content, name), value)
    return found


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()
