"""What a contact card says, by the headings of the table that it becomes a row of."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from tryggve.domains.customers.engine.files.vcard_cards import Card
from tryggve.domains.customers.engine.files.vcard_lines import LEFT_OUT, ContentLine
from tryggve.domains.customers.engine.files.vcard_values import parts_of, plain_text, raw_text
from tryggve.domains.customers.engine.values.folding import words

NAME, ORGANISATION, NOTE = "Name", "Organisation", "Note"
GIVEN, MIDDLE, FAMILY = "First name", "Middle name", "Last name"
ADDRESS = ("Street", "Postcode", "City", "Country")
# Their order is that of the columns, as far as a card has one of each.
HEADINGS = (
    NAME, GIVEN, MIDDLE, FAMILY, ORGANISATION, "E-mail", "Phone", *ADDRESS, "UID", NOTE, "Tags", "Job title",
    "Name prefix", "Name suffix", "Department", "Role", "Nickname", "Birthday", "Anniversary", "Website", "Fax",
    "Region", "Last changed",
)  # fmt: skip
_NAMED = {
    "UID": "UID", "TITLE": "Job title", "ROLE": "Role", "NICKNAME": "Nickname", "BDAY": "Birthday",
    "ANNIVERSARY": "Anniversary", "URL": "Website", "REV": "Last changed",
}  # fmt: skip
# About the file, or said by other lines already.
_TECHNICAL = LEFT_OUT | {
    "BEGIN", "END", "VERSION", "PRODID", "KIND", "PROFILE", "MAILER", "SORT-STRING", "CLIENTPIDMAP", "X-ABADR",
    "X-ABLABEL", "X-ABSHOWAS", "X-ABUID", "X-ADDRESSBOOKSERVER-KIND", "X-IMAGETYPE", "X-IMAGEHASH",
    "X-ABCROP-RECTANGLE", "X-SHARED-PHOTO-DISPLAY-PREF",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
_LEAST_PREFERRED = 101

Said = dict[str, list[str]]


def is_group(card: Card) -> bool:
    """Whether the card is a list of other cards (RFC 6350 6.1.4)."""
    return "group" in (_kind(card, "KIND"), _kind(card, "X-ADDRESSBOOKSERVER-KIND"))


def said_by(card: Card) -> Said:
    """Each heading and the texts under it: the preferred first, then in their order."""
    return _CardReader(card).read()


def _kind(card: Card, name: str) -> str:
    return next((raw_text(one).strip().lower() for one in card.lines if one.name == name), "")


class _CardReader:
    def __init__(self, card: Card) -> None:
        self._card = card
        self._is_version_2 = card.is_version_2
        self._said: Said = defaultdict(list)
        self._has_address = any(one.name == "ADR" for one in card.lines)
        self._labels = {
            one.group: self._plain(one).removeprefix("_$!<").removesuffix(">!$_")
            for one in card.lines
            if one.name == "X-ABLABEL" and one.group
        }
        self._takers: dict[str, Callable[[ContentLine], None]] = {
            "EMAIL": self._email, "TEL": self._phone, "ADR": self._address, "ORG": self._organisation,
            "NOTE": self._note, "CATEGORIES": self._tags, "FN": self._name, "N": self._parts_of_name,
            "LABEL": self._label, "": self._note,
        }  # fmt: skip

    def read(self) -> Said:
        for one in sorted(self._card.lines, key=_preference):
            if one.name in self._takers:
                self._takers[one.name](one)
            elif one.name not in _TECHNICAL:
                self._other(one)
        self._settle_names()
        for heading, border in ((NOTE, "\n\n"), ("Tags", ", ")):
            if heading in self._said:
                self._said[heading] = [border.join(self._said[heading])]
        return dict(self._said)

    def _plain(self, one: ContentLine) -> str:
        return plain_text(raw_text(one), is_version_2=self._is_version_2)

    def _parts(self, one: ContentLine, delimiter: str = ";") -> list[str]:
        return parts_of(raw_text(one), delimiter, is_version_2=self._is_version_2)

    def _say(self, heading: str, text: str) -> None:
        if text:
            self._said[heading].append(text)

    def _name(self, one: ContentLine) -> None:
        self._say(NAME, self._plain(one))

    def _parts_of_name(self, one: ContentLine) -> None:
        """RFC 6350 6.2.2; several of one kind stand with commas between."""
        headings = (FAMILY, GIVEN, MIDDLE, "Name prefix", "Name suffix")
        for heading, part in zip(headings, self._parts(one), strict=False):
            self._say(heading, part.replace(",", " "))

    def _organisation(self, one: ContentLine) -> None:
        name, *units = self._parts(one)
        self._say(ORGANISATION, name)
        self._say("Department", ", ".join(filter(None, units)))

    def _email(self, one: ContentLine) -> None:
        text = self._plain(one)
        self._say("E-mail", unquote(text[7:]) if text[:7].lower() == "mailto:" else text)

    def _phone(self, one: ContentLine) -> None:
        """RFC 3966 has parameters behind the number: the extension is part of it."""
        text = self._plain(one)
        if text[:4].lower() == "tel:":
            number, *told = unquote(text[4:]).split(";")
            text = " ".join([number, *(f"ext. {part[4:]}" for part in told if part[:4].lower() == "ext=")])
        self._say("Fax" if "FAX" in one.parameters.get("TYPE", ()) else "Phone", text)

    def _address(self, one: ContentLine) -> None:
        """RFC 6350 6.3.1. Its parts stay together: each says something, if only that it is empty."""
        told = [", ".join(part.split("\n")) for part in self._parts(one)] + [""] * 7
        box, extended, street, city, region, postcode, country = told[:7]
        lines = [extended, street, box] if words(extended)[:2] == ["c", "o"] else [street, extended, box]
        place = (", ".join(filter(None, lines)), postcode, city, country)
        if any(place):
            for heading, part in zip(ADDRESS, place, strict=True):
                self._said[heading].append(part)
        self._say("Region", region)

    def _label(self, one: ContentLine) -> None:
        if not self._has_address:
            self._say("vCard LABEL", self._plain(one))

    def _note(self, one: ContentLine) -> None:
        self._say(NOTE, self._plain(one))

    def _tags(self, one: ContentLine) -> None:
        for tag in self._parts(one, ","):
            self._say("Tags", tag)

    def _other(self, one: ContentLine) -> None:
        """Under a heading that names no field: what has no place in the register is kept beside it."""
        text = self._plain(one).strip(";")
        if not text or text[:5].lower() == "data:":
            return
        if one.name in ("BDAY", "ANNIVERSARY"):
            text = _day(text)
        label = self._labels.get(one.group)
        self._say(_NAMED.get(one.name, f"vCard {one.name}"), f"{text} ({label})" if label else text)

    def _settle_names(self) -> None:
        """An organisation has no name but that; of a person's parts of a name those stay that add something to it."""
        said, contacts = self._said, {*self._said.get("E-mail", ()), *self._said.get("Phone", ())}
        # A card must have a name (6.2.1): one that nobody gave is a repeated e-mail address or telephone number.
        written = [name for name in said.pop(NAME, []) if name not in contacts]
        composed = " ".join(text for heading in (GIVEN, MIDDLE, FAMILY) for text in said.get(heading, ()))
        names = written or [composed]
        organisations = said.get(ORGANISATION, [])
        is_organisation = _kind(self._card, "KIND") == "org" or _kind(self._card, "X-ABSHOWAS") == "company"
        if is_organisation or _is_among(names[0], organisations):
            said[ORGANISATION] = list(dict.fromkeys(filter(None, [*names, *organisations])))
        elif written:
            said[NAME] = written
        else:
            return
        known = set(words(names[0]))
        for heading in (GIVEN, MIDDLE, FAMILY, "Name prefix", "Name suffix"):
            if all(set(words(text)) <= known for text in said.get(heading, ())):
                said.pop(heading, None)


def _is_among(name: str, others: list[str]) -> bool:
    return bool(words(name)) and words(name) in map(words, others)


def _day(text: str) -> str:
    """A day as a spreadsheet would give it; other ways of writing one as they are (RFC 6350 4.3.1)."""
    day = _DAY.fullmatch(text)
    return "-".join(day.groups()) if day else text


def _preference(one: ContentLine) -> int:
    """RFC 6350 5.3: from 1, the most preferred, to 100; older cards mark one with a word."""
    [told, *_] = one.parameters.get("PREF") or ["1" if "PREF" in one.parameters.get("TYPE", ()) else ""]
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else _LEAST_PREFERRED


def most_of(cards: Iterable[Said]) -> dict[str, int]:
    """Every heading, and how many texts the card with most has under it; there is always a name."""
    most = dict.fromkeys(HEADINGS, 0) | {NAME: 1}
    for card in cards:
        for heading, texts in card.items():
            most[heading] = max(most.get(heading, 0), len(texts))
    return most


def in_order(most: Mapping[str, int]) -> list[tuple[str, int]]:
    """Every heading with its number, from 1: first what each card has once, then the second of each, and so on.

    So the cards with little, which are most, end early in their rows.
    """
    rounds = range(1, max(most.values()) + 1)
    return [(heading, number) for number in rounds for heading, count in most.items() if number <= count]
