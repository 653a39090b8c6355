"""Swedish numbers of people and firms."""

from collections.abc import Callable
from datetime import date, timedelta

from bench.mess.kinds.near_misses import bare, labelled, longer, ordered, with_other_end
from bench.mess.schemes import could_be, is_date, luhn_digit, luhn_sum
from bench.mess.values import Dice, Forms, Value, pick, until

_PERSONAL = {
    "sv": (
        "personnummer {}",
        "Personnummer: {}",
        "pnr {}",
        "Persnr: {}",
        "personnr. {}",
        "Pers.nr {}",
        "(personnr {})",
    ),
    "en": ("Swedish personal identity number {}", "personnummer: {}"),
}
_COORDINATION = {
    "sv": ("samordningsnummer {}", "Samordningsnr: {}", "samordningsnr. {}", "personnummer {}"),
    "en": ("coordination number {}", "samordningsnummer: {}"),
}
_FIRM = {
    "sv": ("Org.nr {}", "organisationsnummer: {}", "orgnr {}", "Org nr: {}", "organisationsnr {}"),
    "en": ("Swedish company registration number {}", "org.nr {}"),
}
# Numbers of birth that the tax agency keeps for tests: nobody bears them.
_FOR_TESTS = (980, 1000)


def birthday(dice: Dice, first: int = 1932, last: int = 2007) -> date:
    return date(first, 1, 1) + timedelta(days=dice.randrange(365 * (last - first)))


def _personal(dice: Dice, days: int = 0) -> str:
    """Twelve digits."""
    born = birthday(dice)
    nine = f"{born:%y%m}{born.day + days:02}{dice.randrange(*_FOR_TESTS)}"
    return f"{born:%Y}"[:2] + nine + luhn_digit(nine)


def _centenarian(dice: Dice) -> Value:
    born = birthday(dice, 1916, 1925)
    nine = f"{born:%y%m%d}{dice.randrange(*_FOR_TESTS)}"
    last = luhn_digit(nine)
    return Value("SE_PERSONNUMMER", f"{nine[:6]}+{nine[6:]}{last}", f"19{nine}{last}")


def _written(kind: str, twelve: str, dice: Dice) -> Value:
    """With a label beside it."""
    ten = twelve[2:]
    text = pick(dice, [
        (6, f"{twelve[:8]}-{twelve[8:]}"),
        (6, f"{ten[:6]}-{ten[6:]}"),
        (3, twelve),
        (3, ten),
        (1, f"{twelve[:8]} {twelve[8:]}"),
        (1, f"{ten[:6]} {ten[6:]}"),
        (1, f"{ten[:6]} - {ten[6:]}"),
    ])  # fmt: skip
    return Value(kind, text, twelve)


def _alone(kind: str, make: Callable[[], str], dice: Dice) -> Value:
    """So that it says itself what it is: with its century, or with a hyphen and no Danish date."""
    twelve = until(make, lambda made: could_be(made[2:]) == {kind})
    ten = twelve[2:]
    forms = [(3, f"{twelve[:8]}-{twelve[8:]}"), (3, f"{ten[:6]}-{ten[6:]}"), (2, twelve)]
    return Value(kind, pick(dice, forms), twelve)


def _wrong_digit(dice: Dice, days: int = 0) -> str:
    """No sign of another kind either."""
    twelve = until(lambda: with_other_end(dice, _personal(dice, days)), lambda made: not could_be(made[2:]))
    return _written("", twelve, dice).text


def _impossible_day(dice: Dice) -> str:
    """Its control digit is right."""

    def make() -> str:
        nine = f"{dice.randrange(40, 99)}{dice.randrange(13, 20)}{dice.randrange(1, 29):02}{dice.randrange(100, 999)}"
        return nine + luhn_digit(nine)

    ten = until(make, lambda made: not could_be(made))
    return pick(dice, [(2, f"{ten[:6]}-{ten[6:]}"), (1, f"19{ten}"), (1, f"19{ten[:6]}-{ten[6:]}")])


def _time(dice: Dice) -> str:
    """A moment written without signs."""

    def make() -> str:
        made = birthday(dice, 2018, 2026)
        return f"{made:%Y%m%d}{dice.randrange(24):02}{dice.randrange(60):02}"

    twelve = until(make, lambda made: bool(luhn_sum(made[2:])))
    return pick(dice, [(1, twelve), (1, f"{twelve[:8]}-{twelve[8:]}")])


def _ten(dice: Dice) -> str:
    return _personal(dice)[2:]


def _dashed(dice: Dice, days: int = 0) -> str:
    ten = _personal(dice, days)[2:]
    return f"{ten[:6]}-{ten[6:]}"


PERSONNUMMER = Forms(
    "SE_PERSONNUMMER",
    _PERSONAL,
    lambda dice: (
        _centenarian(dice) if dice.random() < 0.05 else _written("SE_PERSONNUMMER", _personal(dice), dice)
    ),
    (
        labelled("SE_PERSONNUMMER", _PERSONAL, _wrong_digit),
        bare("SE_PERSONNUMMER", _wrong_digit),
        bare("SE_PERSONNUMMER", _impossible_day),
        labelled("SE_PERSONNUMMER", _PERSONAL, _impossible_day),
        bare("SE_PERSONNUMMER", _time),
        longer("SE_PERSONNUMMER", _dashed),
        ordered("SE_PERSONNUMMER", _ten),
    ),
    alone=lambda dice: _alone("SE_PERSONNUMMER", lambda: _personal(dice), dice),
    headings=("Personnummer", "Pnr", "Personnr", "PERSNR"),
)

SAMORDNINGSNUMMER = Forms(
    "SE_SAMORDNINGSNUMMER",
    _COORDINATION,
    lambda dice: _written("SE_SAMORDNINGSNUMMER", _personal(dice, 60), dice),
    (
        labelled("SE_SAMORDNINGSNUMMER", _COORDINATION, lambda dice: _wrong_digit(dice, 60)),
        bare("SE_SAMORDNINGSNUMMER", lambda dice: _wrong_digit(dice, 60)),
        longer("SE_SAMORDNINGSNUMMER", lambda dice: _dashed(dice, 60)),
        ordered("SE_SAMORDNINGSNUMMER", lambda dice: _personal(dice, 60)[2:]),
    ),
    alone=lambda dice: _alone("SE_SAMORDNINGSNUMMER", lambda: _personal(dice, 60), dice),
    headings=("Samordningsnummer", "Samordningsnr"),
)


def _firm(dice: Dice) -> str:
    """Ten digits: the third is two or more, so that it is nobody's day of birth."""
    nine = f"{dice.choice(('55', '55', '55', '76', '96', '80', '21'))}{dice.randrange(2000000, 10000000)}"
    return nine + luhn_digit(nine)


def _firm_written(dice: Dice) -> Value:
    ten = _firm(dice)
    return Value("SE_ORGNR", pick(dice, [
        (6, f"{ten[:6]}-{ten[6:]}"),
        (2, ten),
        (1, f"16{ten}"),
        (1, f"16{ten[:6]}-{ten[6:]}"),
        (1, f"{ten[:6]} {ten[6:]}"),
    ]), ten)  # fmt: skip


def _firm_alone(dice: Dice) -> Value:
    ten = until(lambda: _firm(dice), lambda made: could_be(made) == {"SE_ORGNR"})
    return Value("SE_ORGNR", pick(dice, [(3, f"{ten[:6]}-{ten[6:]}"), (1, f"SE{ten}01")]), ten)


def _wrong_firm(dice: Dice) -> str:
    ten = until(lambda: with_other_end(dice, _firm(dice)), lambda made: not could_be(made))
    return pick(dice, [(3, f"{ten[:6]}-{ten[6:]}"), (1, ten), (1, f"SE{ten}01")])


def _low_third_digit(dice: Dice) -> str:
    """Neither a firm's nor a person's: the check is right and the month is none."""

    def make() -> str:
        nine = f"55{dice.choice('01')}{dice.randrange(300000, 1000000)}"
        return nine + luhn_digit(nine)

    ten = until(make, lambda made: not is_date(1955, int(made[2:4]), 1) and not could_be(made))
    return f"{ten[:6]}-{ten[6:]}"


ORGNR = Forms(
    "SE_ORGNR",
    _FIRM,
    _firm_written,
    (
        labelled("SE_ORGNR", _FIRM, _wrong_firm),
        bare("SE_ORGNR", _wrong_firm),
        labelled("SE_ORGNR", _FIRM, _low_third_digit),
        longer("SE_ORGNR", lambda dice: f"{(ten := _firm(dice))[:6]}-{ten[6:]}"),
        ordered("SE_ORGNR", _firm),
    ),
    alone=_firm_alone,
    headings=("Org.nr", "Organisationsnummer", "Orgnr"),
)
