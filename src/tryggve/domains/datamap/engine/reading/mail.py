"""Mails: their headers, their text, and as members the files and mails attached to them."""

import codecs
from collections.abc import Iterator, Mapping
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import entities, html_text, mime, plain_text
from tryggve.domains.datamap.engine.reading.deceptive_letters import resolved
from tryggve.domains.datamap.engine.reading.mime import Entity
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    Part,
    Read,
    Reason,
    Source,
    whole,
    within,
)
from tryggve.domains.datamap.engine.reading.places import InLines

HEADERS: Final = ("headers",)
_FIELDS: Final = frozenset(
    (
        *("from", "sender", "reply-to", "to", "cc", "bcc", "delivered-to", "subject"),
        *(
            "resent-from",
            "resent-to",
            "resent-cc",
            "x-originating-ip",
            "x-original-to",
            "comments",
            "keywords",
        ),
    )
)
_MAIL: Final = "message/rfc822"
_PKCS7: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENDINGS: Final[Mapping[str, str]] = {
    _MAIL: ".eml",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
# Texts that a program made, which have readers of their own.
_FILES: Final = ("text/calendar", "text/vcard", "text/x-vcard", "text/csv")
# What mails are written in, besides what Python has loaded anyway.
_CHARSETS: Final = (
    *(f"iso8859-{number}" for number in (1, 2, 4, 5, 7, 9, 10, 13, 14, 15)),
    *(f"cp{number}" for number in (437, 850, 865, 1250, 1251, 1252, 1253, 1254, 1257, 932, 936, 949, 950)),
    *(
        "utf-7",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "koi8-r",
        "mac-roman",
        "mac-latin2",
    ),
    *("iso2022-jp", "shift-jis", "euc-jp", "gb2312", "gbk", "gb18030", "big5", "euc-kr"),
)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead (too-large, too-deep)."""
    yield from message(whole(source, limits))


def message(raw: bytes) -> Iterator[Read]:
    """One mail. Parts are inside «headers», «text», «text 2»."""
    mail = mime.entity(raw)
    yield from headers(mail.fields.raw_items())
    texts, files = 0, 0
    for leaf in mime.leaves(mail):
        if _is_encrypted(leaf):
            yield NotScanned((leaf.file_name or "text",), Reason.ENCRYPTED)
        elif _is_text(leaf):
            texts += 1
            yield from text(leaf.text(), numbered("text", texts), is_html=leaf.content_type == "text/html")
        else:
            files += 1
            name = leaf.file_name or numbered("attachment", files) + _ENDINGS.get(leaf.content_type, "")
            yield Member(name, HeldBytes(leaf.content()))


def headers(fields: Iterator[tuple[str, str]]) -> Iterator[Read]:
    """Those that name people or say what it is about; a place in them is the name of the field."""
    told = [(name, " ".join(mime.words(value).split())) for name, value in fields if name.lower() in _FIELDS]
    content = resolved("\n".join(f"{name}: {value}" for name, value in told).encode(errors="replace"))[0]
    if told:
        yield Part(content, InLines("header", [name for name, _value in told], content), HEADERS)


def text(content: bytes, called: str, *, is_html: bool) -> Iterator[Read]:
    """``content``: UTF-8, whatever it says itself."""
    steps = (html_text.without_tags, entities.resolved) if is_html else ()
    for part in plain_text.pieces(HeldBytes(content), *steps):
        yield within((called,), part)


def numbered(what: str, number: int) -> str:
    return what if number == 1 else f"{what} {number}"


def rehearse() -> None:
    """Load what is loaded when the first mail in each encoding is read."""
    for charset in _CHARSETS:
        codecs.lookup(charset)
    for _found in message(
        b'Subject: =?iso-8859-1?q?=E5?=\nContent-Type: text/html; charset="utf-8"\n\n<p>&nbsp;'
    ):
        pass


def _is_encrypted(leaf: Entity) -> bool:
    if leaf.content_type == "multipart/encrypted":
        return True
    return leaf.content_type in _PKCS7 and "signed" not in str(leaf.fields.get_param("smime-type", ""))


def _is_text(leaf: Entity) -> bool:
    is_file = leaf.file_name or leaf.fields.get_content_disposition() == "attachment"
    is_divided = leaf.fields.get_content_maintype() == "multipart"
    is_text = leaf.fields.get_content_maintype() == "text" and leaf.content_type not in _FILES
    return is_divided or (is_text and not is_file)
