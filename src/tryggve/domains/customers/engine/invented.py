"""Customers of a demo firm, who don't exist: an endless list, the same each time."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Country = Literal["SE", "DK"]

HEADINGS: dict[Country, tuple[str, ...]] = {
    "SE": ("Namn", "Företag", "E-post", "Telefon", "Adress", "Postnr", "Ort", "Kategori", "Anteckning"),
    "DK": ("Navn", "Firma", "E-mail", "Telefon", "Adresse", "Postnr", "By", "Kategori", "Bemærkning"),
}
_SEED = 1
_ONE_IN_FIRMS = 4


@dataclass(frozen=True)
class _Words:
    given: str
    family: str
    firms: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    # With # for a digit. Nobody answers at any of them.
    phones: tuple[str, ...]


_WORDS: dict[Country, _Words] = {
    "SE": _Words(
        given=(
            "Åsa Örjan Björn Cecilia Lars Gunilla Håkan Ylva Bengt Zeynep Émile Maj-Britt Anna-Karin Sven Elin Oskar "
            "Fatima Amir Ingrid Nils Wilma Hugo Astrid Göran Märta Ali Ebba Tuva Leif Kerstin Per-Olof Saga"
        ),
        family=(
            "Åkerström Öberg Ängström Lindqvist Sjögren Löfgren Wåhlin Dahl Strömbäck Öztürk Lindén Grönvall Hedlund "
            "Nyström Bergdahl Ekwall Hassan Rosén Sjöholm Törnqvist Ståhl Lundmark Åberg Vik Nord Höglund"
        ),
        firms=(
            "{} Måleri AB",
            "{} & Söner Bygg AB",
            "Brf {}sgården",
            "{} Ekonomi AB",
            "Café {}",
            "{} Fastigheter AB",
            "{} Advokatbyrå HB",
            "{} Trädgård",
        ),
        streets=(
            "Storgatan",
            "Ängsvägen",
            "Kyrkogränd",
            "Östra Hamngatan",
            "Skolgatan",
            "Älvvägen",
            "Björkvägen",
        ),
        towns=(
            ("111 22", "Stockholm"),
            ("411 03", "Göteborg"),
            ("211 20", "Malmö"),
            ("903 26", "Umeå"),
            ("541 30", "Skövde"),
            ("702 11", "Örebro"),
        ),
        tags=("kök", "altan", "fönster", "trappa", "garanti", "nyhetsbrev"),
        notes=(
            "Ring före tolv.",
            "Vill ha offert på ny altan till våren.",
            "Nyckeln hämtas hos grannen.",
            "Hunden är snäll men högljudd.",
            "Betalar helst mot faktura på papper.",
            "Rekommenderades av en granne.",
        ),
        # Kept for books and films by the Swedish telecom authority (PTS).
        phones=("070-174 06 ##", "08-465 004 ##", "031-390 06 ##", "040-628 04 ##"),
    ),
    "DK": _Words(
        given=(
            "Søren Mette Jørgen Åse Lærke Østen Kirsten Mads Ida Frederik Bodil Sørine Asger Freja Emil Fatima Ali "
            "Inger Poul Ingrid Mikkel Signe Bjørn Kåre Maja Villads Æbbe Jens-Ole Anne-Mette Thyra"
        ),
        family=(
            "Hansen Sørensen Bækgård Nygård Kjær Østergård Møller Holm Lund Dahl Krogh Ågård Bøgh Friis Skov Bruun "
            "Winther Højgaard Yıldız Thygesen Vestergård Ørsted Nørby Toft Brandt"
        ),
        firms=(
            "{} Malerfirma ApS",
            "{} & Søn A/S",
            "Ejerforeningen {}gården",
            "{} Regnskab ApS",
            "Café {}",
            "{} Ejendomme A/S",
            "{} Have",
        ),
        streets=("Hovedgaden", "Engvej", "Kirkestræde", "Østergade", "Skolevej", "Åvænget", "Birkevej"),
        towns=(
            ("1171", "København K"),
            ("8000", "Aarhus C"),
            ("5000", "Odense C"),
            ("9000", "Aalborg"),
            ("6700", "Esbjerg"),
            ("3700", "Rønne"),
        ),
        tags=("køkken", "terrasse", "vinduer", "trappe", "garanti", "nyhedsbrev"),
        notes=(
            "Ring før klokken tolv.",
            "Vil have tilbud på en ny terrasse til foråret.",
            "Nøglen hentes hos naboen.",
            "Hunden er sød, men højlydt.",
            "Vil helst have faktura på papir.",
            "Anbefalet af en nabo.",
        ),
        # No subscriber's number begins with 1 in the Danish numbering plan.
        phones=("12 0# ## ##", "14 0# ## ##"),
    ),
}


def customers(country: Country) -> Iterator[tuple[str, ...]]:
    """Row after row under HEADINGS. No two have the same e-mail address."""
    words, dice = _WORDS[country], random.Random(_SEED)  # noqa: S311 - invented people, no secrets
    given_names, families, number = words.given.split(), words.family.split(), 0
    while True:
        number += 1
        given, family = dice.choice(given_names), dice.choice(families)
        is_of_firm = dice.randrange(_ONE_IN_FIRMS) == 0
        postcode, town = dice.choice(words.towns)
        yield (
            f"{given} {family}",
            dice.choice(words.firms).format(dice.choice(families)) if is_of_firm else "",
            f"{'firma' if is_of_firm else 'post'}{number}@example.{country.lower()}",
            "".join(str(dice.randrange(10)) if sign == "#" else sign for sign in dice.choice(words.phones)),
            f"{dice.choice(words.streets)} {dice.randrange(1, 120)}",
            postcode,
            town,
            ", ".join(dice.sample(words.tags, dice.choice((0, 1, 1, 2)))),
            dice.choice(("", "", *words.notes)),
        )


def as_list(country: Country, rows: Iterator[tuple[str, ...]], count: int) -> bytes:
    """The next so many of them as a CSV file with headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADINGS[country])
    writer.writerows(next(rows) for _ in range(count))
    return out.getvalue().encode()
