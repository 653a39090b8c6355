"""Numbers of telephones: Sweden's and Britain's from those kept for films and books, the others drawn."""

from bench.mess.kinds.near_misses import GROWN, digits, longer, ordered
from bench.mess.schemes import could_be
from bench.mess.values import Dice, Forms, Phrase, Value, near, pick, said, until

_SAID = {
    "sv": ("tel {}", "Telefon: {}", "Mobil {}", "tfn {}", "Tfn. {}", "ring mig på {}", "mobilnr {}"),
    "da": ("Tlf. {}", "tlf: {}", "Mobil {}", "telefon {}", "ring på {}"),
    "nb": ("Tlf. {}", "Tlf: {}", "Mobil {}", "telefon {}", "ring meg på {}"),
    "fi": ("Puh. {}", "puhelin: {}", "GSM {}", "matkapuhelin {}"),
    "en": ("Phone: {}", "tel. {}", "Mobile {}", "call {}"),
}
# PTS keeps these for books and films; Ofcom +44 20 7946 0000–0999 likewise.
_FICTIONAL = (
    ("070", "17406", 5, 99),
    ("08", "465004", 0, 99),
    ("031", "39006", 0, 99),
    ("040", "62804", 0, 99),
)
_AMOUNTS = {
    "sv": ("Summa {} kr", "Pris {} SEK", "Omsättning {} kr"),
    "da": ("I alt {} kr.", "Pris DKK {}", "Omsætning {} kr."),
    "nb": ("Sum {} kr", "Pris NOK {}", "Omsetning {} kr"),
    "fi": ("Yhteensä {} €", "Hinta {} EUR"),
    "en": ("Total {} EUR", "Price USD {}", "Revenue {} SEK"),
}
_TIMES = {
    "sv": ("Utskrivet {}", "Mötet är {}", "Loggat {}"),
    "da": ("Udskrevet {}", "Mødet er {}"),
    "nb": ("Skrevet ut {}", "Møtet er {}"),
    "fi": ("Tulostettu {}", "Kokous on {}"),
    "en": ("Printed {}", "Build {}", "Logged {}"),
}
_GOODS = {
    "sv": ("EAN {}", "streckkod {}", "ISBN {}"),
    "da": ("EAN {}", "stregkode {}"),
    "nb": ("EAN {}", "strekkode {}"),
    "fi": ("EAN {}", "viivakoodi {}"),
    "en": ("EAN {}", "barcode {}", "ISBN {}"),
}


def _swedish(dice: Dice) -> tuple[list[str], str]:
    area, body, first, last = dice.choice(_FICTIONAL)
    number = f"{body}{dice.randrange(first, last):02}"
    tail = _spaced(number, 3, 2, 2) if len(number) == 7 else _spaced(number, 3, 3, 2)
    abroad = [
        f"+46 {area[1:]} {number}",
        f"+46{area[1:]}{number}",
        f"0046{area[1:]}{number}",
        f"+46 (0){area[1:]} {tail}",
        f"+46-{area[1:]}-{number}",
    ]
    at_home = [f"{area}-{tail}", f"{area}-{number}", f"{area}{number}", f"{area} {tail}", f"({area}) {tail}"]
    return at_home + abroad, f"+46{area[1:]}{number}"


def _spaced(number: str, *sizes: int) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return " ".join(parts)


def _danish(dice: Dice) -> tuple[list[str], str]:
    number = f"{dice.randrange(2, 9)}{dice.randrange(10**7):07}"
    pairs = _spaced(number, 2, 2, 2, 2)
    return [
        pairs,
        pairs,
        number,
        f"+45 {pairs}",
        f"+45{number}",
        f"0045 {pairs}",
        f"+45 {number}",
    ], f"+45{number}"


def _norwegian(dice: Dice) -> tuple[list[str], str]:
    number = f"{dice.choice('49')}{dice.randrange(10**7):07}"
    spaced = _spaced(number, 3, 2, 3)
    return [spaced, spaced, number, f"+47 {spaced}", f"+47{number}", f"0047{number}"], f"+47{number}"


def _finnish(dice: Dice) -> tuple[list[str], str]:
    area, number = dice.choice(("40", "50", "45")), digits(dice, 7)
    spaced = _spaced(number, 3, 4)
    return [
        f"0{area} {spaced}",
        f"0{area}-{number}",
        f"0{area}{number}",
        f"+358 {area} {spaced}",
    ], f"+358{area}{number}"


def _far_away(dice: Dice) -> tuple[list[str], str]:
    number = f"20 7946 0{dice.randrange(1000):03}"
    other = f"202-555-01{dice.randrange(100):02}"
    one = dice.choice((f"+44 {number}", f"+1 {other}", f"+1-{other}"))
    return [one], "+" + "".join(filter(str.isdigit, one))


_COUNTRIES = [(6, _swedish), (4, _danish), (4, _norwegian), (3, _finnish), (1, _far_away)]
_OF_LANGUAGE = {"sv": _swedish, "da": _danish, "nb": _norwegian, "fi": _finnish}


def _value(dice: Dice) -> Value:
    forms, number = pick(dice, _COUNTRIES)(dice)
    return Value("PHONE", dice.choice(forms), number)


def value_for(dice: Dice, language: str) -> Value:
    """A number of the country, as its people write it."""
    forms, number = _OF_LANGUAGE.get(language, _far_away)(dice)
    return Value("PHONE", dice.choice(forms), number)


def _alone(dice: Dice) -> Value:
    """With its country's number, or in the way that Swedes and Finns alone write theirs."""
    forms, number = pick(dice, _COUNTRIES)(dice)
    plain = [
        one for one in forms if one[0] == "+" or (one[:2] != "00" and one[0] == "0" and not one.isdigit())
    ]
    return Value("PHONE", dice.choice(plain), number)


def _amount(dice: Dice, language: str) -> Phrase:
    whole = dice.randrange(10**6, 10**8)
    text = dice.choice((f"{whole:,}".replace(",", " "), f"{whole:,}".replace(",", "."), f"{whole}"))
    return said(dice.choice(_AMOUNTS[language]), near("PHONE", f"{text},{dice.randrange(100):02}"))


def _time(dice: Dice, language: str) -> Phrase:
    month, day, hour, minute = (dice.randrange(1, end) for end in (13, 29, 24, 60))
    text = dice.choice((
        f"2025-{month:02}-{day:02} {hour:02}:{minute:02}",
        f"{day:02}-{month:02}-2025 {hour:02}.{minute:02}",
        f"2025{month:02}{day:02}{hour:02}{minute:02}33",
        until(lambda: f"{1_700_000_000 + dice.randrange(10**7)}", lambda seconds: not could_be(seconds)),
    ))  # fmt: skip
    return said(dice.choice(_TIMES[language]), near("PHONE", text))


def _goods(dice: Dice, language: str) -> Phrase:
    text = dice.choice(
        (f"73{digits(dice, 11)}", f"978-91-{digits(dice, 4)}-{digits(dice, 3)}-{dice.randrange(10)}")
    )
    return said(dice.choice(_GOODS[language]), near("PHONE", text))


def _order(dice: Dice) -> str:
    """As many digits as a number has, in a shape that no person's number has."""
    return until(
        lambda: pick(dice, [(2, digits(dice, 8)), (1, "0" + digits(dice, 9))]), lambda one: not could_be(one)
    )


PHONE = Forms(
    "PHONE",
    _SAID,
    _value,
    (
        ordered("PHONE", _order),
        _amount,
        _time,
        _goods,
        longer("PHONE", lambda dice: f"070-17406{dice.randrange(10, 99)}", GROWN),
    ),
    alone=_alone,
    headings=("Telefon", "Tel", "Mobil", "Tlf", "Phone", "Puhelin"),
)
