"""Finnish numbers of people."""

from bench.mess.kinds.near_misses import bare, labelled, longer, ordered
from bench.mess.kinds.sweden import birthday
from bench.mess.schemes import hetu_letter, hetu_letters, is_hetu
from bench.mess.values import Dice, Forms, Value, until

_PERSONAL = {
    "fi": ("henkilötunnus {}", "Hetu: {}", "hetu {}", "Henkilötunnus: {}", "HETU {}"),
    "sv": ("personbeteckning {}", "finsk personbeteckning: {}"),
    "en": ("Finnish personal identity code {}", "HETU {}"),
}
# 900–999 are given out for a time only, to nobody for good.
_FOR_A_TIME = (900, 1000)
_LAST_CENTURY, _THIS = "-YXWVU", "ABCDEF"


def _hetu(dice: Dice) -> str:
    """The signs of 2023 in some."""
    born = birthday(dice)
    signs = _LAST_CENTURY if born.year < 2000 else _THIS
    sign = signs[0] if dice.random() < 0.8 else dice.choice(signs)
    number = dice.randrange(*_FOR_A_TIME)
    return f"{born:%d%m%y}{sign}{number}{hetu_letter(f'{born:%d%m%y}{number}')}"


def _value(dice: Dice) -> Value:
    hetu = _hetu(dice)
    return Value("FI_HETU", hetu.lower() if dice.random() < 0.05 else hetu, hetu)


def _wrong(dice: Dice) -> str:
    def make() -> str:
        return _hetu(dice)[:-1] + dice.choice(hetu_letters())

    return until(make, lambda made: not is_hetu(made))


def _no_day(dice: Dice) -> str:
    """Its control letter is right."""
    digits = f"{dice.randrange(32, 80)}{dice.randrange(1, 13):02}{dice.randrange(50, 100)}"
    number = dice.randrange(*_FOR_A_TIME)
    return f"{digits}-{number}{hetu_letter(f'{digits}{number}')}"


def _other_sign(dice: Dice) -> str:
    """What stands between is no century."""
    hetu = _hetu(dice)
    return hetu[:6] + dice.choice("/G#=") + hetu[7:]


HETU = Forms(
    "FI_HETU",
    _PERSONAL,
    _value,
    (
        labelled("FI_HETU", _PERSONAL, _wrong),
        bare("FI_HETU", _wrong),
        bare("FI_HETU", _no_day),
        labelled("FI_HETU", _PERSONAL, _other_sign),
        longer("FI_HETU", _hetu),
        ordered("FI_HETU", _wrong),
    ),
    alone=_value,
    headings=("Henkilötunnus", "Hetu", "HETU"),
)
