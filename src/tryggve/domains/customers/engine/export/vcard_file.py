"""Customers as contact cards, vCard 4.0 (RFC 6350)."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.export.records import Record

_LONGEST_LINE = 75  # octets, RFC 6350 §3.2
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {"person": "individual", "organisation": "org"}


def pieces(records: Iterable[Record]) -> Iterator[bytes]:
    """A card for each customer."""
    for record in records:
        yield card(record)


def card(record: Record) -> bytes:
    """One customer's card: what an address book has a place for."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_properties(record), "END:VCARD"]
    return b"".join(map(_folded, lines))


def _properties(record: Record) -> Iterator[str]:
    details = record.details
    yield f"KIND:{_KINDS[details.kind]}"
    yield f"FN:{_text(details.title)}"
    if details.name and details.kind == "person":
        yield f"N:{_name_parts(details.name)}"
    if organisation := _organisation(details):
        yield f"ORG:{_text(organisation)}"
    if details.job_title:
        yield f"TITLE:{_text(details.job_title)}"
    yield from (f"EMAIL:{_text(email)}" for email in details.emails)
    yield from (f"TEL:{_text(phone)}" for phone in details.phones)
    yield from (f"ADR:{_address(address)}" for address in details.addresses)
    if details.note:
        yield f"NOTE:{_text(details.note)}"
    if details.tags:
        yield f"CATEGORIES:{','.join(map(_text, details.tags))}"
    yield f"UID:{record.uid}"
    yield f"REV:{record.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _organisation(details: Details) -> str:
    return details.organisation or (details.name if details.kind == "organisation" else "")


def _name_parts(name: str) -> str:
    """Family and given name; which is which is a guess, so FN says it as it is written."""
    given, _space, family = name.rpartition(" ")
    return f"{_text(family)};{_text(given)};;;" if given else f";{_text(family)};;;"


def _address(address: Address) -> str:
    parts = ("", "", address.street, address.city, "", address.postcode, address.country)
    return ";".join(map(_text, parts))


def _text(value: str) -> str:
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """The line and its end, in pieces of 75 octets with no letter cut in two."""
    octets, pieces = line.encode(), []
    room = _LONGEST_LINE
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[:end])
        octets, room = octets[end:], _LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"
