"""Danish numbers of people and firms."""

from bench.mess.kinds.near_misses import bare, labelled, longer, ordered, with_other_end
from bench.mess.kinds.sweden import birthday
from bench.mess.schemes import could_be, cpr_digit, cvr_digit, is_cpr, is_cpr_date
from bench.mess.values import Dice, Forms, Value, pick, until

_PERSONAL = {
    "da": ("CPR-nr. {}", "cpr: {}", "CPR-nummer {}", "Cpr.nr.: {}", "personnummer (CPR) {}", "cprnr {}"),
    "en": ("CPR number {}", "Danish CPR no. {}"),
}
_FIRM = {
    "da": ("CVR-nr. {}", "CVR: {}", "cvr {}", "CVR nr. {}", "CVR-nummer {}", "SE-nr. {}"),
    "en": ("CVR no. {}", "Danish company CVR {}"),
}


def _begin(dice: Dice) -> str:
    """Day and the first three of the last four: with 0–3 for those of the last century, 4–6 for those of this."""
    born = birthday(dice)
    century = dice.randrange(4) if born.year < 2000 else dice.randrange(4, 7)
    return f"{born:%d%m%y}{century}{dice.randrange(100):02}"


def _checked(dice: Dice) -> str:
    return until(lambda: (nine := _begin(dice)) + (cpr_digit(nine) or "x"), str.isdigit)


def _unchecked(dice: Dice) -> str:
    """As given out since October 2007: no control digit."""
    return until(lambda: f"{_begin(dice)}{dice.randrange(10)}", lambda made: not is_cpr(made))


def _written(dice: Dice) -> Value:
    ten = _checked(dice) if dice.random() < 0.7 else _unchecked(dice)
    forms = [
        (8, f"{ten[:6]}-{ten[6:]}"),
        (3, ten),
        (2, f"{ten[:6]} {ten[6:]}"),
        (1, f"{ten[:6]} - {ten[6:]}"),
    ]
    return Value("DK_CPR", pick(dice, forms), ten)


def _alone(dice: Dice) -> Value:
    ten = until(lambda: _checked(dice), lambda made: could_be(made) == {"DK_CPR"})
    return Value("DK_CPR", f"{ten[:6]}-{ten[6:]}", ten)


def _no_day(dice: Dice) -> str:
    """Its control digit may be right, its day is none."""

    def make() -> str:
        return f"{dice.randrange(32, 60)}{dice.randrange(1, 13):02}{dice.randrange(10**6):06}"

    ten = until(make, lambda made: not could_be(made))
    return f"{ten[:6]}-{ten[6:]}"


def _no_month(dice: Dice) -> str:
    def make() -> str:
        return f"{dice.randrange(1, 29):02}{dice.randrange(13, 100)}{dice.randrange(10**6):06}"

    ten = until(make, lambda made: not is_cpr_date(made) and not could_be(made))
    return pick(dice, [(2, f"{ten[:6]}-{ten[6:]}"), (1, f"{ten[:6]} {ten[6:]}")])


CPR = Forms(
    "DK_CPR",
    _PERSONAL,
    _written,
    (
        labelled("DK_CPR", _PERSONAL, _no_day),
        labelled("DK_CPR", _PERSONAL, _no_month),
        bare("DK_CPR", _no_month),
        longer("DK_CPR", lambda dice: f"{(ten := _checked(dice))[:6]}-{ten[6:]}"),
        ordered(
            "DK_CPR", lambda dice: until(lambda: _checked(dice), lambda made: could_be(made) == {"DK_CPR"})
        ),
    ),
    alone=_alone,
    headings=("CPR", "CPR-nr.", "Cpr-nummer"),
)


def _firm(dice: Dice) -> str:
    return until(
        lambda: (seven := f"{dice.randrange(10**6, 10**7 // 2)}") + (cvr_digit(seven) or "x"), str.isdigit
    )


def _firm_written(dice: Dice) -> Value:
    eight = _firm(dice)
    spaced = f"{eight[:2]} {eight[2:4]} {eight[4:6]} {eight[6:]}"
    return Value(
        "DK_CVR", pick(dice, [(5, eight), (2, spaced), (1, f"DK{eight}"), (1, f"DK-{eight}")]), eight
    )


def _firm_alone(dice: Dice) -> Value:
    eight = _firm(dice)
    return Value("DK_CVR", f"DK{eight}", eight)


def _wrong_firm(dice: Dice) -> str:
    eight = with_other_end(dice, _firm(dice))
    return pick(dice, [(3, eight), (1, f"DK{eight}")])


CVR = Forms(
    "DK_CVR",
    _FIRM,
    _firm_written,
    (
        labelled("DK_CVR", _FIRM, _wrong_firm),
        longer("DK_CVR", _firm),
        ordered("DK_CVR", _firm),
    ),
    alone=_firm_alone,
    headings=("CVR", "CVR-nr.", "CVR-nummer"),
)
