"""Lists of made-up customers in formats that firms have: old Excel, ODS, old contact cards, bare CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from playwright.sync_api import FilePayload

from tryggve.domains.customers.engine import invented
from tryggve.domains.customers.tests.engine.cards import old_card_of
from tryggve.domains.customers.tests.engine.ods_files import ods
from tryggve.domains.customers.tests.engine.xls_files import xls

_ROWS = 40
_HEADINGS = ("Namn", "E-post", "Telefon", "Adress", "Postnr", "Ort")
BROKEN_EMAIL, MENDED_EMAIL = "hillevi.trasig@@bruten", "hillevi.hel@example.se"
BROKEN_AND_LEFT = "valdemar.trasig@@bruten"
BROKEN = [
    BROKEN_EMAIL,
    MENDED_EMAIL,
    BROKEN_AND_LEFT,
    "Hillevi Granqvist",
    "Valdemar Qvick",
    "Dubbla Dagmarson",
]


class Person(NamedTuple):
    """One row."""

    name: str
    email: str
    phone: str
    street: str
    postcode: str
    town: str


@dataclass(frozen=True)
class Made:
    """A list and who is on it."""

    name: str
    people: Sequence[Person]
    content: bytes

    @property
    def payload(self) -> FilePayload:
        return FilePayload(name=self.name, mimeType="application/octet-stream", buffer=self.content)


def _some(place: int) -> list[Person]:
    rows = islice(invented.customers("SE"), place * _ROWS, (place + 1) * _ROWS)
    return [Person(name, *others[1:6]) for name, *others in rows]


def _made() -> tuple[Made, ...]:
    first, second, third, fourth = map(_some, range(4))
    # A row that can't be read, and one about somebody of the first list under another name.
    odd = [
        Person("Hillevi Granqvist", BROKEN_EMAIL, "", "", "", ""),
        Person("Dubbla Dagmarson", first[0].email, "", "", "", ""),
    ]
    cards = [[("FN", one.name), ("EMAIL", one.email), ("TEL", one.phone)] for one in third]
    bare = [*fourth, Person("Valdemar Qvick", BROKEN_AND_LEFT, "", "", "", "")]
    return (
        Made("Kundregister Rosenlund.xls", first, xls([_HEADINGS, *first])),
        Made("Gamla ordrar Rosenlund.ods", second, ods([_HEADINGS, *second, *odd])),
        Made(
            "Telefonboken Rosenlund.vcf", third, b"".join(old_card_of(card, "ISO-8859-1") for card in cards)
        ),
        Made("Utan rubriker Rosenlund.csv", fourth, "\r\n".join(map(";".join, bare)).encode("cp1252")),
    )


MADE = XLS, ODS, VCARD, BARE_CSV = _made()
