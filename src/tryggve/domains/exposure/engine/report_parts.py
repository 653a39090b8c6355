"""A receiver's report as it comes by mail (XML, mostly in a ZIP or gzip file), taken apart in a sealed-off process."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

_LARGEST_XML: Final = 32 * 1024**2
_MOST_ROWS: Final = 50_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_GZIP_WINDOW = 31


class _Refused(Exception):
    """Why the file can't be used."""


def parts_of(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """What the report is, then each of its rows; or one part that says why there are none."""
    try:
        report = _tree(_xml(file.read()))
        yield _heading(report)
        rows = _all(report, "record")
        if len(rows) > _MOST_ROWS:
            raise _Refused("too-large")
        for row in rows:
            yield _row(row)
    except _Refused as refused:
        yield {"refused": str(refused)}


def rehearse() -> None:
    """Load what is loaded only when it is first used."""
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        made.writestr("one.xml", "<feedback/>")
    wrapper = zlib.compressobj(wbits=_GZIP_WINDOW)
    for content in (
        packed.getvalue(),
        wrapper.compress(b"<feedback/>") + wrapper.flush(),
        b"<feedback/>",
        b"no",
    ):
        list(parts_of(BytesIO(content)))


def _xml(content: bytes) -> bytes:
    if content.startswith(_GZIP):
        return _unzipped(content)
    if content.startswith(_ZIP):
        return _only_file(content)
    return content


def _unzipped(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        xml = unpacking.decompress(content, _LARGEST_XML)
    except zlib.error:
        raise _Refused("damaged") from None
    if unpacking.unconsumed_tail:
        raise _Refused("too-large")
    return xml


def _only_file(content: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as packed:
            [inside] = [one for one in packed.infolist() if not one.is_dir()]
            with packed.open(inside) as file:
                xml = file.read(_LARGEST_XML + 1)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise _Refused("damaged") from None
    except ValueError:
        raise _Refused("several-files") from None
    if len(xml) > _LARGEST_XML:
        raise _Refused("too-large")
    return xml


def _tree(xml: bytes) -> Element:
    """Without declarations of entities: those could make a few bytes a gigabyte."""
    builder, parser = TreeBuilder(), expat.ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: builder.start(name.rpartition(":")[2], {})
    parser.EndElementHandler = lambda name: builder.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise _Refused("damaged" if xml.lstrip().startswith(b"<") else "not-a-report") from None
    root = builder.close()
    if root.tag != "feedback":
        raise _Refused("not-a-report")
    return root


def _refuse_declarations(*_told: object) -> None:
    raise _Refused("not-a-report")


def _heading(report: Element) -> dict[str, Any]:
    return {
        "receiver": _text(report, "report_metadata/org_name"),
        "number": _text(report, "report_metadata/report_id"),
        "begins": _number(report, "report_metadata/date_range/begin"),
        "ends": _number(report, "report_metadata/date_range/end"),
        "domain": _text(report, "policy_published/domain"),
    }


def _row(row: Element) -> dict[str, Any]:
    judged = [_text(row, f"row/policy_evaluated/{way}").lower() for way in ("dkim", "spf")]
    proven = [
        _text(one, "domain")
        for way in ("dkim", "spf")
        for one in _all(row, f"auth_results/{way}")
        if _text(one, "result").lower() == "pass"
    ]
    return {
        "address": _text(row, "row/source_ip"),
        "count": _number(row, "row/count"),
        "is_proven": "pass" in judged,
        "senders": [one for one in proven if one],
    }


def _all(inside: Element, path: str) -> list[Element]:
    return inside.findall(path)


def _text(inside: Element, path: str) -> str:
    return (inside.findtext(path) or "").strip()


def _number(inside: Element, path: str) -> int:
    told = _text(inside, path)
    if not told.isascii() or not told.isdigit() or len(told) > 12:
        raise _Refused("not-a-report")
    return int(told)
