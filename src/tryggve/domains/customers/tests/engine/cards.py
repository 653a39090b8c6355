"""Contact cards as address books write them."""

import re
from collections.abc import Sequence

Property = tuple[str, str]
_FOLDED = 70


def vcf(*cards: Sequence[str], version: str = "3.0") -> bytes:
    """A file with these cards, given by their lines, in UTF-8."""
    lines = (["BEGIN:VCARD", f"VERSION:{version}", *card, "END:VCARD"] for card in cards)
    return "".join(f"{line}\r\n" for card in lines for line in card).encode()


def escaped(text: str) -> str:
    """RFC 6350 3.4."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """RFC 6350 3.2: by bytes, so that a letter may be cut."""
    data = line.encode()
    pieces = [data[start : start + _FOLDED] for start in range(0, len(data), _FOLDED)]
    return b"\r\n ".join(pieces) + b"\r\n"


def card_of(properties: Sequence[Property], version: str = "3.0") -> bytes:
    """A card of vCard 3.0 or 4.0 whose values are plain texts."""
    lines = [("BEGIN", "VCARD"), ("VERSION", version), *((name, escaped(text)) for name, text in properties)]
    return b"".join(folded(f"{name}:{text}") for name, text in lines) + b"END:VCARD\r\n"


def old_card_of(properties: Sequence[Property], charset: str = "UTF-8") -> bytes:
    """A card of vCard 2.1, each text quoted-printable in an encoding that is told."""
    lines = [b"BEGIN:VCARD\r\nVERSION:2.1\r\n"]
    for name, text in properties:
        value = re.sub(r"([\\;,])", r"\\\1", text).encode(charset)
        signs = [_quoted(byte) for byte in value.replace(b"\n", b"\r\n")]
        pieces = ["".join(signs[start : start + 24]) for start in range(0, len(signs), 24)]
        quoted = "=\r\n".join(pieces)
        lines.append(f"{name};CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quoted}\r\n".encode())
    return b"".join([*lines, b"END:VCARD\r\n"])


def _quoted(byte: int) -> str:
    """RFC 2045 6.7."""
    return chr(byte) if 32 < byte < 127 and byte != ord("=") else f"={byte:02X}"
