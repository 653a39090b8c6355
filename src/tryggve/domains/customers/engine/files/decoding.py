import codecs
import re

from tryggve.domains.customers.engine.table import UnreadableFile

_SAMPLE = 8_192
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_TOO_MANY_CONTROLS = 0.02
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; raises UnreadableFile (truncated, null_bytes, binary).

    A few bytes that don't fit an otherwise certain encoding become U+FFFD, so that only their rows suffer.
    """
    text, encoding = _decoded(data)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _TOO_MANY_CONTROLS * len(sample):
        raise UnreadableFile("binary")
    if "\0" in text:
        raise UnreadableFile("null_bytes", line=text.count("\n", 0, text.index("\0")) + 1)
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data[len(bom) :], encoding), encoding
    encoding = _utf16_by_pattern(data[:_SAMPLE])
    if encoding:
        return _marked(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _almost_utf8(data, error) or _one_byte_a_letter(data)


def _marked(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if encoding != "utf-8" and len(data) % 2:
        raise UnreadableFile("truncated", line=text.count("\n") + 1)
    return text


def _utf16_by_pattern(sample: bytes) -> str:
    """The byte order, when every other byte is mostly zero: western text as UTF-16 without its mark."""
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half and odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _almost_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, str] | None:
    good = sum(1 for letter in data[: error.start].decode("utf-8") if letter > "\x7f")
    if good and error.reason == "unexpected end of data":
        raise UnreadableFile("truncated", line=data.count(b"\n") + 1)
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    foreign = sum(1 for letter in text if letter > "\x7f")
    return (text, "utf-8") if foreign - bad > 10 * bad else None


def _one_byte_a_letter(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "iso-8859-1"
