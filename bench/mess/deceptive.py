"""The same values, written with signs that look like others: a person sees no difference."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.mess import prose
from bench.mess.deal import Deal
from bench.mess.kinds import KINDS
from bench.mess.values import Dice, Phrase, Text, Value, said

NBSP, NARROW, SOFT, ZERO_WIDTH = "\u00a0", "\u202f", "\u00ad", "\u200b"
# Where a cell of a table ends and the next begins.
CELL_BREAK = "\v"
_DASHES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BREAKABLE = ("IBAN", "CARD", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "DK_CPR", "NO_FNR")
_KINDS = (*BREAKABLE, "SE_ORGNR", "DK_CVR", "NO_ORGNR", "FI_HETU", "PHONE", "SE_BANKGIRO", "SE_PLUSGIRO")

Disguise = Callable[[Dice, str], str]


def hard_spaces(dice: Dice, text: str) -> str:
    return text.replace(" ", dice.choice((NBSP, NARROW)))


def other_hyphens(dice: Dice, text: str) -> str:
    return text.replace("-", dice.choice(_DASHES))


def soft_hyphens(dice: Dice, text: str) -> str:
    """Where a word processor may break it."""
    at = len(text) // 2
    return text[:at] + dice.choice((SOFT, ZERO_WIDTH)) + text[at:]


def full_width(dice: Dice, text: str) -> str:
    return text.translate(_FULL_WIDTH)


def broken_line(dice: Dice, text: str) -> str:
    """A new line in place of a space, or behind a hyphen."""
    for sign, instead in ((" ", "\n"), ("-", "-\n")):
        if sign in text:
            return text.replace(sign, instead, 1)
    return text


def over_a_border(dice: Dice, text: str) -> str:
    """In two cells of a table: cut behind its hyphen, or at its middle space."""
    if "-" in text:
        return text.replace("-", f"-{CELL_BREAK}", 1)
    spaces = [at for at, sign in enumerate(text) if sign == " "]
    if not spaces:
        return text
    at = spaces[len(spaces) // 2]
    return f"{text[:at]}{CELL_BREAK}{text[at + 1 :]}"


def of_windows(dice: Dice, text: str) -> str:
    """What Windows-1252 has of them."""
    return text.replace(" ", NBSP).replace("-", dice.choice(("\u2013", f"-{SOFT}", f"{SOFT}-")))


UNICODE: Mapping[str, Disguise] = {
    "hard-spaces": hard_spaces,
    "hyphens": other_hyphens,
    "soft-hyphens": soft_hyphens,
    "full-width": full_width,
    "broken-lines": broken_line,
}


def disguised(deal: Deal, dice: Dice, disguise: Disguise, rounds: int = 1) -> Text:
    """Every kind of number that many times, each with its label, none left as it was."""
    lines: list[Phrase] = []
    kinds = BREAKABLE if disguise in {broken_line, over_a_border} else _KINDS
    for kind in [*kinds] * rounds:
        forms = KINDS[kind]
        language = dice.choice(sorted(forms.said))
        value = _changed(dice, forms.written, disguise)
        if value:
            lines += [deal.told(said(forms.said[language][0], value)), (prose.sentence(dice, language),)]
    return Text("disguised", [lines[at : at + 4] for at in range(0, len(lines), 4)])


def _changed(dice: Dice, make: Callable[[Dice], Value], disguise: Disguise) -> Value | None:
    """None for a kind that is never written so."""
    for _try in range(20):
        value = make(dice)
        if (text := disguise(dice, value.text)) != value.text:
            return replace(value, text=text)
    return None
