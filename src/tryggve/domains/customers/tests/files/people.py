"""Invented people: names from two short lists, domains kept for examples, numbers that belong to nobody."""

from dataclasses import dataclass

_GIVEN = (
    "Åsa",
    "Örjan",
    "Ängla",
    "Björn",
    "Cecilia",
    "Søren",
    "Mette",
    "Jørgen",
    "Kjersti",
    "Øyvind",
    "Anna-Karin",
    "Lars",
    "Gunilla",
    "Håkan",
    "Ylva",
    "Bengt",
    "Ragnhild",
    "Zeynep",
    "Émile",
    "Maj-Britt",
)
_FAMILY = (
    "Åkerström",
    "Öberg",
    "Ängström",
    "Lindqvist",
    "Sjögren",
    "Hansen",
    "Sørensen",
    "Bækgård",
    "Ødegård",
    "Nygård",
    "Löfgren",
    "Wåhlin",
    "Dahl",
    "Strömbäck",
    "Kjær",
    "Hårfagre",
    "Öztürk",
    "Lindén",
    "Grönvall",
    "Østby",
)
# Set aside for books and films by the Swedish telecom authority (PTS): nobody answers there.
_NUMBERS = [
    *(f"070-174 06 {last:02d}" for last in range(5, 100)),
    *(f"08-465 004 {last:02d}" for last in range(100)),
    *(f"031-390 06 {last:02d}" for last in range(100)),
    *(f"040-628 04 {last:02d}" for last in range(100)),
    *(f"0980-31 92 {last:02d}" for last in range(100)),
]
_TOWNS = (
    ("111 22", "Stockholm"),
    ("411 03", "Göteborg"),
    ("211 20", "Malmö"),
    ("903 26", "Umeå"),
    ("972 38", "Luleå"),
    ("541 30", "Skövde"),
)
_STREETS = ("Storgatan", "Ängsvägen", "Kyrkogränd", "Östra Hamngatan", "Skolgatan", "Älvvägen")


@dataclass(frozen=True)
class Invented:
    given: str
    family: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def international_phone(self) -> str:
        return "+46 " + self.phone.removeprefix("0")


def person(number: int, domain: str = "example.se") -> Invented:
    """The same person for the same number; 0 to 399 have names of their own, 0 to 494 telephones."""
    postcode, city = _TOWNS[number % len(_TOWNS)]
    return Invented(
        given=_GIVEN[number % len(_GIVEN)],
        family=_FAMILY[number // len(_GIVEN) % len(_FAMILY)],
        email=f"kund{number:03d}@{domain}",
        phone=_NUMBERS[number],
        street=f"{_STREETS[number % len(_STREETS)]} {number % 97 + 1}",
        postcode=postcode,
        city=city,
    )


def false_personal_number(number: int) -> str:
    """Shaped like a Swedish personal number, in the month 00 that doesn't exist."""
    return f"19{number % 100:02d}0099-{number:04d}"
