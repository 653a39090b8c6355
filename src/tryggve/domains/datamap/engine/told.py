"""What a scan comes to as JSON can say it: the way out of a sealed-off child, where nothing else passes."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from tryggve.domains.datamap.engine import reading
from tryggve.domains.datamap.engine.find import Wishes
from tryggve.domains.datamap.engine.findings import Finding, Findings, NotScanned
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names.register import OwnRegister
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, OpenFile, Pictures
from tryggve.domains.datamap.engine.scan import scan

# So many in one answer: a line of answers may have a megabyte.
_AT_A_TIME: Final = 500
_LONGEST_VALUE: Final = 300
_own: OwnRegister | None = None
_REHEARSED: Final = {
    "rehearsal.txt": "Anna Ek 19121212-1212 anna@example.se 070-123 45 67 lösenord: x7Kq2 sjuk\nStorgatan 1",
    "rehearsal.csv": "Namn;E-post;Telefon\nAnna Ek;anna@example.se;070-123 45 67\n",
}


def tell(stream: BinaryIO, *, name: str, names: bool = True) -> Iterator[list[Any]]:
    """Lists of findings, each ``[kind, confidence, where, value]``, and ``["not_scanned", inside, reason]``.

    Of text in pictures only that it needs OCR: the rest of it is for ``tell_pictured``.
    """
    yield from _tell(stream, name, Limits(pictures=Pictures.LATER), Wishes(names=names, own=_own))


def tell_pictured(stream: BinaryIO, *, name: str, names: bool = True) -> Iterator[list[Any]]:
    """The same of text in pictures, and of no other; what wasn't scanned is told of the whole file."""
    yield from _tell(stream, name, Limits(pictures=Pictures.ONLY), Wishes(names=names, own=_own))


def _tell(stream: BinaryIO, name: str, limits: Limits, wishes: Wishes) -> Iterator[list[Any]]:
    for found in scan(OpenFile(stream), name, limits, wishes):
        if isinstance(found, NotScanned):
            yield ["not_scanned", list(found.inside), str(found.reason)]
        else:
            yield from _told(found)


def rehearse(names: bytes = b"") -> None:
    """Load all that a scan may need: what isn't loaded before the child is sealed off never is, and what isn't compiled
    before that would be in each child.

    ``names``: those of the firm's register in UTF-8, a line each; every scan from then on knows them.
    """
    global _own
    _own = OwnRegister(names.decode().splitlines()) if names else None
    reading.rehearse()
    for name, content in _REHEARSED.items():
        list(scan(HeldBytes(content.encode()), name))


def rehearse_pictured(names: bytes = b"") -> None:
    rehearse(names)
    ocr.rehearse()


def _told(found: Findings) -> Iterator[list[Any]]:
    several: list[Any] = []
    for one in found:
        several.append([one.kind, int(one.confidence), dict(one.where), one.value[:_LONGEST_VALUE]])
        if len(several) == _AT_A_TIME:
            yield ["found", several]
            several = []
    if several:
        yield ["found", several]


class NotTold(ValueError):
    """The answer isn't of the form that a scan gives: whoever sent it is no scan."""


def understood(told: object) -> Iterator[Finding | NotScanned]:
    """What ``tell`` said, its form checked. Raises NotTold."""
    match told:
        case ["found", list(several)]:
            yield from map(_finding, several)
        case ["not_scanned", list(inside), str(reason)]:
            yield NotScanned(tuple(map(str, inside)), reason)
        case _:
            raise NotTold


def _finding(told: object) -> Finding:
    match told:
        case [str(kind), int(sure), {**where}, str(value)]:
            return _checked(kind, sure, where, value)
        case _:
            raise NotTold


def _checked(kind: str, sure: int, where: Mapping[Any, Any], value: str) -> Finding:
    try:
        return Finding(Kind(kind), Confidence(sure), {str(name): told for name, told in where.items()}, value)
    except ValueError:
        raise NotTold from None
