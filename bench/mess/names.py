"""Invented people: Faker's lists for common names, own lists for rarer ones and for firms, streets and towns."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from faker.providers.person.da_DK import Provider as Danish
from faker.providers.person.fi_FI import Provider as Finnish
from faker.providers.person.no_NO import Provider as Norwegian
from faker.providers.person.sv_SE import Provider as Swedish

from bench.mess.values import Dice

_FAKER = {"sv": Swedish, "da": Danish, "nb": Norwegian, "fi": Finnish, "en": Swedish}
_IN_ASCII = (("ø", "o"), ("æ", "ae"), ("ð", "d"), ("þ", "th"))
_GIVEN = (
    *(
        "Alva",
        "Åsne",
        "Bengta",
        "Brage",
        "Cajsa",
        "Dagny",
        "Ebbe",
        "Eilif",
        "Embla",
        "Fatima",
        "Freja",
        "Gry",
    ),
    *(
        "Hjördis",
        "Ingvild",
        "Jytte",
        "Kaapo",
        "Ludde",
        "Mehmet",
        "Märta",
        "Noor",
        "Oddny",
        "Pirkko",
        "Ragnvald",
    ),
    *("Sölve", "Tindra", "Tjorven", "Ulrikke", "Vilgot", "Yrsa", "Zeynep", "Æskil", "Örjan", "Øyvor"),
)
_BEGINNINGS = (
    "Alm",
    "Björk",
    "Dal",
    "Ek",
    "Fjäll",
    "Gran",
    "Hav",
    "Klint",
    "Lund",
    "Möll",
    "Ny",
    "Rud",
    "Sten",
    "Ås",
)
_ENDINGS = (
    "borg",
    "brant",
    "dahl",
    "gård",
    "hav",
    "kvist",
    "löv",
    "myr",
    "rud",
    "skog",
    "strand",
    "vik",
    "ö",
)
_TRADES = (
    "Snickeri",
    "Bygg",
    "Redovisning",
    "Blommor",
    "Entreprenad",
    "Rejser",
    "Regnskap",
    "Maskin",
    "Konsult",
)
_FORMS = {"sv": "AB", "da": "ApS", "nb": "AS", "fi": "Oy", "en": "Ltd"}
_STREETS = {
    "sv": (
        "Storgatan",
        "Kyrkogränd",
        "Ängsvägen",
        "Hamngatan",
        "Skolgatan",
        "Björkstigen",
        "Södra Torget",
        "Lillvägen",
    ),
    "da": ("Nørregade", "Strandvejen", "Bakke Allé", "Møllestræde", "Vestergade", "Kirkevej", "Søndertorv"),
    "nb": ("Kirkeveien", "Storgata", "Fjordveien", "Bjørnstien", "Møllergata", "Åsveien", "Torggata"),
    "fi": ("Mannerheimintie", "Koulukatu", "Rantatie", "Kirkkokatu", "Satamakuja", "Metsäpolku"),
}
_TOWNS = {
    "sv": ("Stockholm", "Göteborg", "Malmö", "Umeå", "Skövde", "Örebro", "Luleå", "Växjö"),
    "da": ("Aarhus C", "Odense", "Aalborg", "København K", "Roskilde", "Sønderborg"),
    "nb": ("Oslo", "Bergen", "Trondheim", "Tromsø", "Ålesund", "Bodø"),
    "fi": ("Helsinki", "Turku", "Tampere", "Oulu", "Jyväskylä"),
}


@dataclass(frozen=True)
class Person:
    given: str
    family: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def person(dice: Dice, language: str) -> Person:
    """Somebody made up: half the time with a common name, else one from the own lists."""
    common_given, common_family = _common(language)
    given = dice.choice(common_given if dice.random() < 0.7 else _GIVEN)
    if dice.random() < 0.1:
        given = f"{given}-{dice.choice(_GIVEN)}"
    made_up = dice.choice(_BEGINNINGS) + dice.choice(_ENDINGS)
    return Person(given, dice.choice(common_family) if dice.random() < 0.5 else made_up)


@cache
def _common(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lists = _FAKER[language]
    return tuple(sorted({*lists.first_names})), tuple(sorted({*lists.last_names}))


def firm(dice: Dice, language: str) -> str:
    return f"{dice.choice(_BEGINNINGS)}{dice.choice(_ENDINGS)} {dice.choice(_TRADES)} {_FORMS[language]}"


def street(dice: Dice, language: str) -> str:
    return dice.choice(_STREETS[language])


def town(dice: Dice, language: str) -> str:
    return dice.choice(_TOWNS[language])


def in_ascii(word: str) -> str:
    """As it stands in an address of mail."""
    plain = word.casefold().translate({ord(sign): instead for sign, instead in _IN_ASCII})
    spread = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in spread if sign.isascii() and sign.isalnum())
