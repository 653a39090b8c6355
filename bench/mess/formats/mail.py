"""Mails with attachments: eml, mbox, msg."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from bench.mess.formats.compound import Storage, compound
from bench.mess.formats.packed import contents, inside
from bench.mess.values import Made, Planted, Text, Value, plain, values_of

_DATE = "Mon, 02 Mar 2026 08:00:00 +0100"
_TEXT, _BINARY, _NUMBER = 0x001F, 0x0102, 0x0003


@dataclass(frozen=True)
class Letter:
    """``sender`` and ``receiver``: a name and an address each."""

    text: Text
    sender: tuple[Value, Value]
    receiver: tuple[Value, Value]
    attached: Mapping[str, Made] = field(default_factory=dict)
    is_html: bool = False

    @property
    def planted(self) -> list[Planted]:
        own = [
            *self.sender,
            *self.receiver,
            *(value for line in self.text.lines() for value in values_of(line)),
        ]
        return [*(Planted(value, {}) for value in own), *inside(self.attached)]

    @property
    def body(self) -> str:
        return "\n".join(plain(line) for line in self.text.lines())


def eml(letter: Letter) -> Made:
    """RFC 5322 with MIME: a body in quoted-printable or base64, whatever is attached in base64."""
    return _message(letter, "0").as_bytes(), letter.planted


def mbox(letters: Sequence[Letter]) -> Made:
    """RFC 4155; lines of bodies that begin with «From » are quoted."""
    out = bytearray()
    for number, letter in enumerate(letters):
        content = _message(letter, str(number)).as_bytes().replace(b"\r\n", b"\n")
        out += b"From sender@example.org Mon Mar  2 08:00:00 2026\n"
        out += content.replace(b"\nFrom ", b"\n>From ") + b"\n"
    return bytes(out), [planted for letter in letters for planted in letter.planted]


def _message(letter: Letter, mark: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Date"], message["Subject"] = _DATE, letter.text.title
    message["From"], message["To"] = _address(letter.sender), _address(letter.receiver)
    message.set_content(letter.body, cte="quoted-printable")
    if letter.is_html:
        message.add_alternative(
            "<p>" + letter.body.replace("\n", "<br>\n") + "</p>", subtype="html", cte="base64"
        )
    for name, content in contents(letter.attached).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=-limit-{mark}-{place}")
    return message


def _address(who: tuple[Value, Value]) -> Address:
    name, mail = who
    return Address(display_name=name.text, addr_spec=mail.text)


def msg(letter: Letter) -> Made:
    """[MS-OXMSG]: properties and attachments as streams of a compound file."""
    (sender, sender_mail), (receiver, receiver_mail) = letter.sender, letter.receiver
    texts = {
        0x001A: "IPM.Note", 0x0037: letter.text.title, 0x1000: letter.body.replace("\n", "\r\n"),
        0x0C1A: sender.text, 0x0C1F: sender_mail.text, 0x0C1E: "SMTP", 0x0E04: receiver.text,
    }  # fmt: skip
    whom = {0x3001: receiver.text, 0x3002: "SMTP", 0x3003: receiver_mail.text}
    attached = contents(letter.attached)
    counts = struct.pack("<8xIIII8x", 1, len(attached), 1, len(attached))
    root: dict[str, bytes | Storage] = {
        "__nameid_version1.0": {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)},
        "__recip_version1.0_#00000000": _properties(bytes(8), whom, {}, {0x0C15: 1}),
        **_properties(counts, texts, {}, {0x340D: 0x00040000}),
    }
    for number, (name, content) in enumerate(attached.items()):
        named = {0x3707: name, 0x3704: name, 0x3703: "." + name.rpartition(".")[2]}
        root[f"__attach_version1.0_#{number:08X}"] = _properties(
            bytes(8), named, {0x3701: content}, {0x3705: 1}
        )
    return compound(root), letter.planted


def _properties(
    begin: bytes, texts: Mapping[int, str], binary: Mapping[int, bytes], numbers: Mapping[int, int]
) -> dict[str, bytes | Storage]:
    """A stream for each that has no fixed size, and one that lists all."""
    streams: dict[str, bytes | Storage] = {}
    listed = begin
    for kind, spelled in (
        (_TEXT, {name: text.encode("utf-16-le") for name, text in texts.items()}),
        (_BINARY, binary),
    ):
        for name, content in spelled.items():
            streams[f"__substg1.0_{name:04X}{kind:04X}"] = content
            size = len(content) + (2 if kind == _TEXT else 0)
            listed += struct.pack("<HHIII", kind, name, 6, size, 0)
    for name, number in numbers.items():
        listed += struct.pack("<HHIII", _NUMBER, name, 6, number, 0)
    return {**streams, "__properties_version1.0": listed}
