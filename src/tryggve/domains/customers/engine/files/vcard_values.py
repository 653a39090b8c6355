"""What stands in a content line of a contact card, as text."""

import binascii
import re
from collections.abc import Iterator

from tryggve.domains.customers.engine.files.vcard_lines import ContentLine

# Those that cards were seen to declare: each is loaded before the first foreign byte is read.
CHARSETS = {
    "UTF-8": "utf-8", "UTF8": "utf-8", "US-ASCII": "utf-8", "ASCII": "utf-8",
    "ISO-8859-1": "cp1252", "ISO8859-1": "cp1252", "LATIN1": "cp1252", "WINDOWS-1252": "cp1252", "CP1252": "cp1252",
    "ISO-8859-15": "iso8859-15", "ISO-8859-2": "iso8859-2", "ISO-8859-4": "iso8859-4", "ISO-8859-10": "iso8859-10",
    "WINDOWS-1250": "cp1250", "WINDOWS-1251": "cp1251", "WINDOWS-1257": "cp1257", "KOI8-R": "koi8-r",
    "MACINTOSH": "mac-roman", "X-MAC-ROMAN": "mac-roman", "IBM850": "cp850", "CP850": "cp850",
}  # fmt: skip
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_IN_2 = re.compile(r"\\([;,:\\])")


def raw_text(line: ContentLine) -> str:
    """The value decoded, its backslashes still in it; empty for bytes that are no text."""
    value = line.value
    if line.is_quoted_printable:
        value = binascii.a2b_qp(value)
    elif not {"B", "BASE64"}.isdisjoint(line.parameters.get("ENCODING", ())):
        try:
            value = binascii.a2b_base64(value)
        except binascii.Error:
            return ""
        if b"\0" in value:
            return ""
    charset = CHARSETS.get(next(iter(line.parameters.get("CHARSET", ())), ""), "utf-8")
    return _decoded(value, charset).replace("\r\n", "\n").replace("\r", "\n")


def plain_text(text: str, *, is_version_2: bool) -> str:
    """The text without its backslashes. vCard 2.1 knows them before delimiters only."""
    if "\\" not in text:
        return text.strip()
    if is_version_2:
        return _ESCAPED_IN_2.sub(r"\1", text).strip()
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def parts_of(text: str, delimiter: str, *, is_version_2: bool) -> list[str]:
    """The parts between delimiters that no backslash stands before, each as plain text."""
    return [plain_text(part, is_version_2=is_version_2) for part in _split(text, delimiter)]


def _split(text: str, delimiter: str) -> Iterator[str]:
    if "\\" not in text:
        yield from text.split(delimiter)
        return
    start, is_escaped = 0, False
    for place, letter in enumerate(text):
        if letter == delimiter and not is_escaped:
            yield text[start:place]
            start = place + 1
        is_escaped = letter == "\\" and not is_escaped
    yield text[start:]


def _decoded(value: bytes, encoding: str) -> str:
    """In the encoding that was declared, or in the one that it must be."""
    try:
        return value.decode(encoding)
    except UnicodeDecodeError:
        text = value.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(1 for letter in text if letter > "\x7f") > 2 * bad:
        return text  # UTF-8 with a letter broken: whoever reads it is to see that
    try:
        return value.decode("cp1252")
    except UnicodeDecodeError:
        return value.decode("latin-1")
