"""Lists from fairs, exports of web shops, ledgers: columns with headings, some of which mislead."""

from collections.abc import Callable, Mapping, Sequence

from bench.mess import prose
from bench.mess.deal import Deal
from bench.mess.kinds import KINDS, contact, people, phone
from bench.mess.kinds.near_misses import digits
from bench.mess.schemes import cvr_digit, luhn_digit, no_orgnr_digit
from bench.mess.values import Cell, Dice, Table, Value, near, until, values_of

Column = tuple[str, Callable[[], Cell]]

_HEADINGS: Mapping[str, Sequence[str]] = {
    "sv": ("Namn", "E-post", "Telefon", "Adress", "Postnr", "Ort", "Anteckning", "Födelsedatum"),
    "da": ("Navn", "E-mail", "Tlf", "Adresse", "Postnr", "By", "Bemærkning", "Fødselsdato"),
    "nb": ("Navn", "E-post", "Tlf", "Adresse", "Postnr", "Sted", "Merknad", "Fødselsdato"),
    "fi": ("Nimi", "Sähköposti", "Puhelin", "Osoite", "Postinumero", "Kaupunki", "Huomautus", "Syntymäaika"),
    "en": ("Name", "Email", "Phone", "Address", "Postal code", "Town", "Note", "Date of birth"),
}
_NUMBERS: Mapping[str, Sequence[str]] = {
    "sv": (
        "SE_PERSONNUMMER",
        "SE_SAMORDNINGSNUMMER",
        "SE_ORGNR",
        "SE_BANKGIRO",
        "SE_PLUSGIRO",
        "OCR_REFERENCE",
        "IBAN",
    ),
    "da": ("DK_CPR", "DK_CVR", "IBAN", "CARD"),
    "nb": ("NO_FNR", "NO_ORGNR", "IBAN", "CARD"),
    "fi": ("FI_HETU", "IBAN", "CARD"),
    "en": ("SE_PERSONNUMMER", "DK_CPR", "NO_FNR", "FI_HETU", "CARD", "IP"),
}
_DECOYS: Mapping[str, Sequence[str]] = {
    "sv": ("Ordernr", "EAN", "Artikelnr", "Kollinr"),
    "da": ("Ordrenr", "EAN", "Varenr", "Pakkenr"),
    "nb": ("Ordrenr", "EAN", "Varenr", "Pakkenr"),
    "fi": ("Tilausnro", "EAN", "Tuotenro", "Lähetysnro"),
    "en": ("Order no", "EAN", "SKU", "Tracking no"),
}
_WRONG = 0.08


def people_list(deal: Deal, dice: Dice, language: str, rows: int, *, numbers: int = 3) -> Table:
    """Everybody's name and how to reach them, some numbers of theirs, and columns that look like numbers."""
    here = language if language != "en" else "sv"
    columns = _contacts(dice, language, here)
    kinds = dice.sample(_NUMBERS[language], k=min(numbers, len(_NUMBERS[language])))
    columns += [_numbers(dice, kind, language) for kind in kinds]
    columns += [_decoy(dice, place, heading) for place, heading in enumerate(_DECOYS[language])]
    filled = [_row(deal, dice, language, columns, here) for _number in range(rows)]
    headings = [heading for heading, _cell in columns]
    return Table(dice.choice(prose.TITLES[language]), [*headings, *_HEADINGS[language][4:7]], filled)


def _contacts(dice: Dice, language: str, here: str) -> list[Column]:
    name, mail, tel, address, *_rest, born = _HEADINGS[language]
    return [
        (name, lambda: people.person(dice, here)),
        (mail, lambda: contact.mail(dice)),
        (tel, lambda: phone.value_for(dice, here)),
        (born, lambda: people.born(dice, here)),
        (address, lambda: contact.house(dice, here)),
    ]


def _row(deal: Deal, dice: Dice, language: str, columns: Sequence[Column], here: str) -> list[Cell]:
    cells: list[Cell] = [cell() for _heading, cell in columns]
    remark = prose.sentence(dice, language) if dice.random() < 0.2 else ""
    cells += [*contact.place(dice, here), remark]
    return [deal.count(cell) if isinstance(cell, Value) else cell for cell in cells]


def _numbers(dice: Dice, kind: str, language: str) -> Column:
    """Some with a wrong digit, as where people type them."""
    forms = KINDS[kind]

    def cell() -> Cell:
        if dice.random() < _WRONG and kind != "IP":
            return values_of(forms.near[0](dice, next(iter(forms.said))))[0]
        return forms.written(dice)

    return dice.choice(forms.headings), cell


def _decoy(dice: Dice, place: int, heading: str) -> Column:
    """Numbers of orders, goods and parcels that would pass as a firm's, a reference or a card's."""

    def order() -> str:
        return until(lambda: f"{(seven := digits(dice, 7))}{cvr_digit(seven) or 'x'}", str.isdigit)

    def parcel() -> str:
        body = f"4{digits(dice, 14)}"
        return body + luhn_digit(body)

    def article() -> str:
        return until(lambda: f"{(eight := f'9{digits(dice, 7)}')}{no_orgnr_digit(eight) or 'x'}", str.isdigit)

    makers = (
        ("DK_CVR", order),
        ("OCR_REFERENCE", lambda: f"73{digits(dice, 11)}"),
        ("NO_ORGNR", article),
        ("CARD", parcel),
    )
    kind, text = makers[place]
    return heading, lambda: near(kind, text())
