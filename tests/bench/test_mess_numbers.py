"""The numbers that are drawn, held against python-stdnum, which was written by others from the same rules."""

import random
from collections.abc import Callable

import pytest
from stdnum import iban, luhn
from stdnum.dk import cpr, cvr
from stdnum.fi import hetu
from stdnum.no import fodselsnummer
from stdnum.no import orgnr as no_orgnr
from stdnum.se import orgnr as se_orgnr
from stdnum.se import personnummer

from bench.mess import schemes, tables
from bench.mess.deal import Deal
from bench.mess.kinds import KINDS
from bench.mess.kinds.near_misses import ORDERS
from bench.mess.values import Dice, Phrase, Value, plain, values_of

_DRAWN = 400
_NAMED_OTHERWISE = {label.partition("{}")[0] for labels in ORDERS.values() for label in labels}


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_personal(text: str) -> bool:
    return bool(personnummer.is_valid("".join(text.split())))


def _is_coordination(text: str) -> bool:
    """Of which stdnum knows the check alone."""
    ten = _digits(text)[-10:]
    return (
        len(ten) == 10 and bool(luhn.is_valid(ten)) and 61 <= int(ten[4:6]) <= 91 and 1 <= int(ten[2:4]) <= 12
    )


def _is_swedish_firm(text: str) -> bool:
    digits = _digits(text.removesuffix("01") if text.startswith("SE") else text)
    return bool(se_orgnr.is_valid(digits[-10:])) and int(digits[-8]) > 1


def _is_danish(text: str) -> bool:
    """Whether there is such a day: the check went out of use in 2007."""
    return bool(cpr.is_valid("".join(text.split())))


def _by_luhn(text: str) -> bool:
    return bool(luhn.is_valid(_digits(text)))


def _is_card(text: str) -> bool:
    return _by_luhn(text) and _digits(text)[0] in "345"


_ORACLES: dict[str, Callable[[str], bool]] = {
    "SE_PERSONNUMMER": _is_personal,
    "SE_SAMORDNINGSNUMMER": _is_coordination,
    "SE_ORGNR": _is_swedish_firm,
    "DK_CPR": _is_danish,
    "DK_CVR": lambda text: bool(cvr.is_valid(_digits(text))),
    "NO_FNR": lambda text: bool(fodselsnummer.is_valid(_digits(text))),
    "NO_ORGNR": lambda text: bool(no_orgnr.is_valid(_digits(text))),
    "FI_HETU": lambda text: bool(hetu.is_valid(text, allow_temporary=True)),
    "IBAN": lambda text: bool(iban.is_valid(text)),
    "SE_BANKGIRO": _by_luhn,
    "SE_PLUSGIRO": _by_luhn,
    "OCR_REFERENCE": _by_luhn,
    "CARD": _is_card,
}


@pytest.fixture
def dice() -> Dice:
    return random.Random(11)  # noqa: S311 - invented people


def _home(kind: str) -> str:
    return next(iter(KINDS[kind].said))


@pytest.mark.parametrize("kind", sorted(_ORACLES))
def test_true_ones_are_valid(dice: Dice, kind: str) -> None:
    drawn = [values_of(KINDS[kind].phrase(dice, _home(kind)))[0] for _number in range(_DRAWN)]

    wrong = [value.text for value in drawn if not _ORACLES[kind](value.text) and not _is_too_new(value)]

    assert wrong == []


def _is_too_new(value: Value) -> bool:
    """What stdnum 2.2 doesn't know yet: fødselsnummer by the rule of 2032, and those without a day."""
    if value.kind != "NO_FNR":
        return False
    has_no_day = value.value[0] in "89"
    return has_no_day or value.value[9:] in {
        schemes.fnr_digits(value.value[:9], remainder=extra) for extra in (1, 2, 3)
    }


@pytest.mark.parametrize("kind", sorted(_ORACLES))
def test_near_misses_are_invalid_or_called_something_else_or_inside_something(dice: Dice, kind: str) -> None:
    phrases = [make(dice, _home(kind)) for make in KINDS[kind].near for _number in range(_DRAWN)]

    wrong = [
        plain(phrase) for phrase in phrases if _ORACLES[kind](_near(phrase).text) and not _is_excused(phrase)
    ]

    assert wrong == []


def _near(phrase: Phrase) -> Value:
    [value] = [value for value in values_of(phrase) if value.is_near]
    return value


def _is_excused(phrase: Phrase) -> bool:
    before, _text, after = plain(phrase).partition(_near(phrase).text)
    return before in _NAMED_OTHERWISE or (before[-1:] not in {"", " "} or after[:1] not in {"", " "})


def test_wrong_numbers_under_their_own_heading_are_invalid(dice: Dice) -> None:
    lists = [tables.people_list(Deal(), dice, language, 60) for language in ("sv", "da", "nb", "fi")]
    cells = [
        (heading, cell)
        for table in lists
        for row in table.rows
        for heading, cell in zip(table.headings, row, strict=True)
        if isinstance(cell, Value) and cell.is_near and heading in KINDS[cell.kind].headings
    ]

    assert cells
    assert [cell.text for _heading, cell in cells if _ORACLES[cell.kind](cell.text)] == []


def test_what_needs_no_label_could_be_nothing_else(dice: Dice) -> None:
    for kind in ("SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGNR", "DK_CPR"):
        make = KINDS[kind].alone
        assert make
        for _number in range(_DRAWN):
            assert schemes.could_be(make(dice).value[-10:]) == {kind}


def test_half_of_what_denmark_gives_out_has_no_check(dice: Dice) -> None:
    drawn = [KINDS["DK_CPR"].written(dice).value for _number in range(_DRAWN)]

    assert 0.1 < sum(not schemes.is_cpr(number) for number in drawn) / _DRAWN < 0.6


def test_nobody_bears_the_swedish_and_finnish_numbers(dice: Dice) -> None:
    for _number in range(_DRAWN):
        assert KINDS["SE_PERSONNUMMER"].written(dice).value[8:10] in {"98", "99"}
        assert KINDS["FI_HETU"].written(dice).value[7] == "9"


@pytest.mark.parametrize(
    ("holds", "number"),
    [
        (schemes.is_samordningsnummer, "7010632391"),
        (schemes.is_se_orgnr, "5560473521"),
        (schemes.is_iban, "NO9386011117947"),
    ],
)
def test_published_examples_are_valid(holds: Callable[[str], bool], number: str) -> None:
    assert holds(number)


def test_published_reference_has_its_digit() -> None:
    """OCR of Bankgirot: 12345 with the length's digit."""
    assert schemes.luhn_digit("123457") == "4"
