"""XML of office files, parsed as it comes; what such files never hold and attacks do is refused."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol
from xml.parsers import expat

from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason

# Others would have to be loaded first.
_ENCODINGS: Final = frozenset({"UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1"})


class Handler(Protocol):
    """Names come as they are written, with their prefix; ``local`` is without."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def letters(self, text: str) -> None: ...


def local(name: str) -> str:
    """Prefixes differ from writer to writer; no two vocabularies of an office part share a name that matters."""
    return name.rpartition(":")[2]


def parsed(blocks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Hand all of it to the handler, and stop after each block for what came of it to be taken.

    Raises NotRead (damaged): not well-formed, or with a document type, which alone can define entities that grow.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.letters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _refuse_encoding
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotRead(Reason.DAMAGED) from error
    yield


def _refuse_doctype(*_declared: object) -> None:
    raise NotRead(Reason.DAMAGED)


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.upper() not in _ENCODINGS:
        raise NotRead(Reason.DAMAGED)
