"""Norwegian numbers of people and firms."""

from bench.mess.kinds.near_misses import bare, digits, everywhere, labelled, longer, ordered, with_other_end
from bench.mess.kinds.sweden import birthday
from bench.mess.schemes import fnr_digits, is_fnr, no_orgnr_digit
from bench.mess.values import Dice, Forms, Value, pick, until

_PERSONAL = {
    "nb": ("fødselsnummer {}", "Fødselsnr: {}", "fnr. {}", "Fnr {}", "personnummer {}", "D-nummer {}"),
    "en": ("Norwegian national identity number {}", "fødselsnummer {}"),
}
_FIRM = {
    "nb": ("Org.nr. {}", "organisasjonsnummer: {}", "orgnr {}", "Foretaksregisteret org.nr. {}"),
    "en": ("Norwegian organisation number {}", "org.nr. {}"),
}
_ACCOUNT = everywhere("Kontonummer {}", "konto {}", "Kontonr: {}")


def _nine(dice: Dice) -> str:
    """Day and number of birth: now and then a D-number, an H-number, or one that a hospital gives, with no day."""
    born = birthday(dice)
    number = dice.randrange(500) if born.year < 2000 else dice.randrange(500, 1000)
    more_days, more_months = pick(dice, [(8, (0, 0)), (1, (40, 0)), (1, (0, 40))])
    if dice.random() < 0.03:
        return f"{dice.choice('89')}{dice.randrange(10**8):08}"
    return f"{born.day + more_days:02}{born.month + more_months:02}{born:%y}{number:03}"


def _personal(dice: Dice) -> str:
    def make() -> str:
        nine = _nine(dice)
        return nine + (fnr_digits(nine, remainder=pick(dice, [(9, 0), (1, dice.randrange(1, 4))])) or "x")

    return until(make, str.isdigit)


def _written(dice: Dice) -> Value:
    eleven = _personal(dice)
    return Value("NO_FNR", pick(dice, [(6, eleven), (3, f"{eleven[:6]} {eleven[6:]}")]), eleven)


def _wrong(dice: Dice) -> str:
    eleven = with_other_end(dice, _personal(dice))
    return pick(dice, [(3, eleven), (2, f"{eleven[:6]} {eleven[6:]}")])


def _no_day(dice: Dice) -> str:
    """Both control digits are right."""

    def make() -> str:
        nine = f"{dice.randrange(1, 29):02}{dice.randrange(13, 40)}{dice.randrange(10**5):05}"
        return nine + (fnr_digits(nine) or "x")

    return until(make, lambda made: made.isdigit() and not is_fnr(made))


def _account(dice: Dice) -> str:
    eleven = until(lambda: digits(dice, 11), lambda made: not is_fnr(made))
    return pick(dice, [(2, f"{eleven[:4]}.{eleven[4:6]}.{eleven[6:]}"), (1, eleven)])


FNR = Forms(
    "NO_FNR",
    _PERSONAL,
    _written,
    (
        labelled("NO_FNR", _PERSONAL, _wrong),
        bare("NO_FNR", _wrong),
        bare("NO_FNR", _no_day),
        labelled("NO_FNR", _ACCOUNT, _account),
        longer("NO_FNR", _personal),
        ordered("NO_FNR", _wrong),
    ),
    alone=lambda dice: Value("NO_FNR", (eleven := _personal(dice)), eleven),
    headings=("Fødselsnummer", "Fnr", "Fødselsnr."),
)


def _firm(dice: Dice) -> str:
    def make() -> str:
        eight = f"{dice.choice('89')}{dice.randrange(10**7):07}"
        return eight + (no_orgnr_digit(eight) or "x")

    return until(make, str.isdigit)


def _firm_written(dice: Dice) -> Value:
    nine = _firm(dice)
    spaced = f"{nine[:3]} {nine[3:6]} {nine[6:]}"
    forms = [(3, nine), (5, spaced), (1, f"NO {spaced} MVA"), (1, f"NO{nine}MVA")]
    return Value("NO_ORGNR", pick(dice, forms), nine)


def _firm_alone(dice: Dice) -> Value:
    nine = _firm(dice)
    return Value("NO_ORGNR", pick(dice, [(1, f"NO {nine} MVA"), (1, f"NO{nine}MVA")]), nine)


def _wrong_firm(dice: Dice) -> str:
    nine = with_other_end(dice, _firm(dice))
    return pick(dice, [(1, nine), (1, f"{nine[:3]} {nine[3:6]} {nine[6:]}")])


ORGNR = Forms(
    "NO_ORGNR",
    _FIRM,
    _firm_written,
    (
        labelled("NO_ORGNR", _FIRM, _wrong_firm),
        longer("NO_ORGNR", _firm),
        ordered("NO_ORGNR", _firm),
    ),
    alone=_firm_alone,
    headings=("Org.nr.", "Organisasjonsnummer"),
)
