"""Contacts and calendars: vcf and ics, folded as their standards want it, so that a place is no plain offset."""

import quopri
from collections.abc import Sequence
from dataclasses import dataclass

from bench.mess.values import Made, Phrase, Planted, Value, plain, values_of

_FOLD = 74


@dataclass(frozen=True)
class Contact:
    name: Value
    mail: Value
    telephone: Value
    house: Value
    code: Value
    town: Value
    born: Value
    note: Phrase = ()

    @property
    def planted(self) -> list[Planted]:
        address = (self.house, self.code, self.town)
        own = (self.name, self.mail, self.telephone, *address, self.born, *values_of(self.note))
        return [Planted(value, {}) for value in own]


def vcf(contacts: Sequence[Contact], *, is_old: bool = False) -> Made:
    """vCard 3.0 (RFC 2426), or 2.1 with quoted-printable as telephones write it."""
    card = _old_card if is_old else _card
    text = "".join(card(contact) for contact in contacts)
    return text.encode(), [planted for contact in contacts for planted in contact.planted]


def _card(contact: Contact) -> str:
    given, _space, family = contact.name.text.partition(" ")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;",
        f"FN:{_escaped(contact.name.text)}",
        f"EMAIL;TYPE=INTERNET:{contact.mail.text}",
        f"TEL;TYPE=CELL:{contact.telephone.text}",
        f"ADR;TYPE=HOME:;;{_escaped(contact.house.text)};{_escaped(contact.town.text)};;{contact.code.text};",
        f"BDAY:{_dashed(contact.born)}",
        f"NOTE:{_escaped(plain(contact.note))}",
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _old_card(contact: Contact) -> str:
    quoted = "CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"
    lines = [
        "BEGIN:VCARD",
        "VERSION:2.1",
        f"FN;{quoted}:{_quoted(contact.name.text)}",
        f"EMAIL;HOME:{contact.mail.text}",
        f"TEL;CELL:{contact.telephone.text}",
        f"ADR;HOME;{quoted}:;;{_quoted(contact.house.text)};{_quoted(contact.town.text)};;{contact.code.text};",
        f"BDAY:{contact.born.value}",
        f"NOTE;{quoted}:{_quoted(plain(contact.note))}",
        "END:VCARD",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def ics(meetings: Sequence[Contact]) -> Made:
    """RFC 5545: each of the contacts is met once."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//mess//EN"]
    for number, contact in enumerate(meetings):
        lines += [
            "BEGIN:VEVENT",
            f"UID:meeting-{number}",
            f"DTSTART:202603{number % 28 + 1:02}T090000Z",
            f"SUMMARY:{_escaped(contact.name.text)}",
            f'ATTENDEE;CN="{contact.name.text}":mailto:{contact.mail.text}',
            f"LOCATION:{_escaped(f'{contact.house.text}, {contact.code.text} {contact.town.text}')}",
            f"DESCRIPTION:Tel {contact.telephone.text}\\n{_escaped(plain(contact.note))}",
            "END:VEVENT",
        ]
    text = "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
    met = [planted for contact in meetings for planted in contact.planted if planted.value != contact.born]
    return text.encode(), met


def _dashed(born: Value) -> str:
    return f"{born.value[:4]}-{born.value[4:6]}-{born.value[6:]}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _quoted(text: str) -> str:
    """On lines that end in = where they go on."""
    return quopri.encodestring(text.encode(), quotetabs=False).decode().replace("\n", "\r\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; those that go on begin with a space. No letter is cut."""
    parts, part = list[str](), ""
    for sign in line:
        if len((part + sign).encode()) > _FOLD:
            parts.append(part)
            part = " "
        part += sign
    return "\r\n".join([*parts, part])
