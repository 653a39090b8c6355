"""Names, and days of birth."""

from datetime import date

from bench.mess import names
from bench.mess.kinds.near_misses import in_words
from bench.mess.kinds.sweden import birthday
from bench.mess.values import Dice, Forms, Phrase, Value, near, said

_NAMES = {
    "sv": (
        "Kund: {}",
        "{} ringde igår om leveransen.",
        "Vi träffade {} på mässan.",
        "Mvh {}",
        "Kontakt: {}",
        "Namn: {}",
    ),
    "da": (
        "Kunde: {}",
        "{} ringede i går om leveringen.",
        "Vi mødte {} på messen.",
        "Mvh {}",
        "Kontakt: {}",
        "Navn: {}",
    ),
    "nb": (
        "Kunde: {}",
        "{} ringte i går om leveringen.",
        "Vi møtte {} på messen.",
        "Mvh {}",
        "Kontakt: {}",
        "Navn: {}",
    ),
    "fi": (
        "Asiakas: {}",
        "{} soitti eilen toimituksesta.",
        "Tapasimme messuilla {}.",
        "Terveisin {}",
        "Nimi: {}",
    ),
    "en": (
        "Customer: {}",
        "{} called yesterday about the delivery.",
        "We met {} at the fair.",
        "Regards, {}",
        "Name: {}",
    ),
}
_NOBODY = {
    "sv": (
        "Vi bor nära |Sankt Eriksplan| numera.",
        "Bokhyllan |Billy| är slut.",
        "|Kära Kund|, tack för ordern.",
        "|Med Vänliga Hälsningar| från oss.",
        "Bandet |Rosa Bandet| säljs i butiken.",
        "|Volvo Amazon| från 1967.",
        "|Maria Magdalena| kyrka är stängd.",
        "|Svenska Mässan| i höst.",
    ),
    "da": (
        "|Sankt Hans Torv| er lukket.",
        "|Kære Kunde|, tak for ordren.",
        "|Med Venlig Hilsen| fra os.",
        "|Nordisk Film| er stor.",
    ),
    "nb": (
        "|Karl Johans Gate| er stengt.",
        "|Kjære Kunde|, takk for ordren.",
        "|Med Vennlig Hilsen| fra oss.",
        "|Norsk Hydro| er stor.",
    ),
    "fi": (
        "|Hyvä Asiakas|, kiitos tilauksesta.",
        "|Ystävällisin Terveisin| meiltä.",
        "|Suomen Messut| on suuri.",
    ),
    "en": (
        "|Dear Customer|, thank you.",
        "|Kind Regards| from us.",
        "|Victoria Station| is closed.",
        "|Madison Avenue| is long.",
    ),
}


def person(dice: Dice, language: str) -> Value:
    name = names.person(dice, language).name
    return Value("PERSON", name, name.casefold())


def _phrase(dice: Dice, language: str) -> Phrase:
    return said(dice.choice(_NAMES[language]), person(dice, language))


def _firm(dice: Dice, language: str) -> Phrase:
    return (near("PERSON", names.firm(dice, language)),)


PERSON = Forms(
    "PERSON",
    _NAMES,
    lambda dice: person(dice, dice.choice(("sv", "da", "nb", "fi"))),
    (in_words("PERSON", _NOBODY), _firm),
    headings=("Namn", "Navn", "Name", "Nimi", "Kontaktperson"),
    whole=_phrase,
)

_BORN = {
    "sv": ("född {}", "Född: {}", "födelsedatum {}", "Födelsedag: {}", "f. {}"),
    "da": ("født {}", "Født: {}", "fødselsdato {}", "Fødselsdag: {}", "f. {}"),
    "nb": ("født {}", "Født: {}", "fødselsdato {}", "Fødselsdato: {}"),
    "fi": ("syntynyt {}", "Syntymäaika: {}", "synt. {}"),
    "en": ("born {}", "Date of birth: {}", "DOB: {}", "birthday {}", "d.o.b. {}"),
}
_OTHER_DAYS = {
    "sv": ("Fakturadatum: {}", "uppdaterad {}", "levererad {}", "Firman grundades {}", "Förfaller {}"),
    "da": ("Fakturadato: {}", "opdateret {}", "leveret {}", "Firmaet blev stiftet {}", "Forfald {}"),
    "nb": ("Fakturadato: {}", "oppdatert {}", "levert {}", "Firmaet ble stiftet {}", "Forfall {}"),
    "fi": ("Laskun päivä: {}", "päivitetty {}", "toimitettu {}", "Eräpäivä {}"),
    "en": ("Invoice date: {}", "updated {}", "delivered {}", "Founded {}", "Due {}"),
}
_MONTHS = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "nb": (
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_FIRST_DAY_OF_SHEETS = date(1899, 12, 30)


def _written(dice: Dice, day: date, language: str) -> str:
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day.day}.{day.month}.{day.year}",
    ]
    if language in _MONTHS:
        dot = "." if language in {"da", "nb"} else ""
        forms.append(f"{day.day}{dot} {_MONTHS[language][day.month - 1]} {day.year}")
    return dice.choice(forms)


def born(dice: Dice, language: str = "fi") -> Value:
    """A sheet may hold it as days."""
    day = birthday(dice)
    days = (day - _FIRST_DAY_OF_SHEETS).days
    return Value("DATE_OF_BIRTH", _written(dice, day, language), f"{day:%Y%m%d}", days=days)


def _born_phrase(dice: Dice, language: str) -> Phrase:
    return said(dice.choice(_BORN[language]), born(dice, language))


def _other_day(dice: Dice, language: str) -> Phrase:
    text = _written(dice, birthday(dice, 1990, 2026), language)
    return said(dice.choice(_OTHER_DAYS[language]), near("DATE_OF_BIRTH", text))


def _no_day(dice: Dice, language: str) -> Phrase:
    year, month, day = dice.randrange(1940, 2005), dice.randrange(13, 20), dice.randrange(32, 60)
    text = dice.choice((f"{year}-{month}-{day}", f"{day}.{month}.{year}", f"{day}/{month}/{year}"))
    return said(dice.choice(_BORN[language]), near("DATE_OF_BIRTH", text))


DATE_OF_BIRTH = Forms(
    "DATE_OF_BIRTH",
    _BORN,
    born,
    (_other_day, _no_day),
    headings=("Födelsedatum", "Fødselsdato", "Född", "Date of birth", "Syntymäaika"),
    whole=_born_phrase,
)
