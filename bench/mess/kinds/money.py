"""Accounts, references and cards."""

from bench.mess.kinds.near_misses import bare, digits, everywhere, labelled, longer, ordered, with_other_end
from bench.mess.schemes import could_be, iban_digits, luhn_digit, no_account_digit
from bench.mess.values import Dice, Forms, Value, pick, until

_IBAN = everywhere("IBAN {}", "IBAN: {}", "iban {}", "IBAN/BIC {}")
_BANKGIRO = {
    "sv": ("Bankgiro {}", "Bankgiro: {}", "BG {}", "bg-nr {}", "Bg: {}"),
    "en": ("Bankgiro {}", "bankgiro: {}"),
}
_PLUSGIRO = {
    "sv": ("Plusgiro {}", "PlusGiro: {}", "PG {}", "pg-nr {}", "Postgiro {}"),
    "en": ("Plusgiro {}", "plusgiro: {}"),
}
_OCR = {
    "sv": ("OCR {}", "OCR-nummer: {}", "OCR-nr {}", "OCR-referens {}", "Ange OCR {} vid betalning"),
    "en": ("OCR reference {}", "OCR number: {}"),
}
_CARD = {
    "sv": ("kortnummer {}", "Kort: {}", "Kortnr {}", "betalkort {}"),
    "da": ("kortnummer {}", "Kort: {}", "kortnr. {}"),
    "nb": ("kortnummer {}", "Kort: {}", "kortnr. {}"),
    "fi": ("kortin numero {}", "Luottokortti: {}", "korttinumero {}"),
    "en": ("card number {}", "Card: {}", "credit card {}"),
}
_LENGTHS = {"SE": 20, "DK": 14, "NO": 11, "FI": 14, "DE": 18}


def _iban(dice: Dice) -> str:
    country = pick(dice, [(4, "SE"), (3, "DK"), (3, "NO"), (3, "FI"), (1, "DE"), (1, "GB")])
    if country == "GB":
        account = "".join(dice.choices("ABCDEFGHKLMNPRSTW", k=4)) + digits(dice, 14)
    elif country == "NO":
        account = until(lambda: (ten := digits(dice, 10)) + (no_account_digit(ten) or "x"), str.isdigit)
    elif country == "FI":
        account = _checked(dice, _LENGTHS[country])
    else:
        account = digits(dice, _LENGTHS[country])
    return f"{country}{iban_digits(country, account)}{account}"


def _in_fours(text: str, sign: str = " ") -> str:
    return sign.join(text[at : at + 4] for at in range(0, len(text), 4))


def _iban_value(dice: Dice) -> Value:
    iban = _iban(dice)
    return Value("IBAN", pick(dice, [(3, iban), (5, _in_fours(iban)), (1, iban.lower())]), iban)


def _wrong_iban(dice: Dice) -> str:
    iban = with_other_end(dice, _iban(dice))
    return pick(dice, [(1, iban), (2, _in_fours(iban))])


def _iban_of_wrong_length(dice: Dice) -> str:
    """Its check is right for a length that the country doesn't have."""
    country = dice.choice(("SE", "DK", "NO", "FI"))
    account = digits(dice, _LENGTHS[country] + dice.choice((-2, 3)))
    return f"{country}{iban_digits(country, account)}{account}"


IBAN = Forms(
    "IBAN",
    _IBAN,
    _iban_value,
    (
        labelled("IBAN", _IBAN, _wrong_iban),
        bare("IBAN", _wrong_iban),
        labelled("IBAN", _IBAN, _iban_of_wrong_length),
        longer("IBAN", _iban),
    ),
    alone=_iban_value,
    headings=("IBAN",),
)


def _checked(dice: Dice, length: int) -> str:
    body = digits(dice, length - 1)
    return body + luhn_digit(body)


def _bankgiro(dice: Dice) -> Value:
    giro = _checked(dice, dice.choice((7, 8)))
    return Value("SE_BANKGIRO", pick(dice, [(5, f"{giro[:-4]}-{giro[-4:]}"), (1, giro)]), giro)


def _plusgiro(dice: Dice) -> Value:
    giro = _checked(dice, dice.choice((6, 7, 8)))
    pairs = " ".join(filter(None, (giro[:-7], giro[-7:-5], giro[-5:-3], giro[-3:-1])))
    return Value(
        "SE_PLUSGIRO", pick(dice, [(3, f"{giro[:-1]}-{giro[-1]}"), (3, f"{pairs}-{giro[-1]}")]), giro
    )


BANKGIRO = Forms(
    "SE_BANKGIRO",
    _BANKGIRO,
    _bankgiro,
    (
        labelled("SE_BANKGIRO", _BANKGIRO, lambda dice: with_other_end(dice, _bankgiro(dice).text)),
        longer("SE_BANKGIRO", lambda dice: _bankgiro(dice).text),
        ordered("SE_BANKGIRO", lambda dice: _bankgiro(dice).value),
    ),
    headings=("Bankgiro", "BG"),
)

PLUSGIRO = Forms(
    "SE_PLUSGIRO",
    _PLUSGIRO,
    _plusgiro,
    (
        labelled("SE_PLUSGIRO", _PLUSGIRO, lambda dice: with_other_end(dice, _plusgiro(dice).text)),
        longer("SE_PLUSGIRO", lambda dice: f"{(giro := _checked(dice, 7))[:-1]}-{giro[-1]}"),
        ordered("SE_PLUSGIRO", lambda dice: f"{(giro := _checked(dice, 7))[:-1]}-{giro[-1]}"),
    ),
    headings=("Plusgiro", "PG"),
)


def _ocr(dice: Dice) -> str:
    """With the length's last digit before the control digit in half of them."""
    length = dice.randrange(6, 19)
    if dice.random() < 0.5:
        return _checked(dice, length)
    body = digits(dice, length - 2) + str(length % 10)
    return body + luhn_digit(body)


def _ocr_value(dice: Dice) -> Value:
    ocr = _ocr(dice)
    return Value("OCR_REFERENCE", _in_fours(ocr) if dice.random() < 0.1 else ocr, ocr)


OCR = Forms(
    "OCR_REFERENCE",
    _OCR,
    _ocr_value,
    (
        labelled("OCR_REFERENCE", _OCR, lambda dice: with_other_end(dice, _ocr(dice))),
        ordered(
            "OCR_REFERENCE", lambda dice: until(lambda: _checked(dice, 14), lambda made: not could_be(made))
        ),
        longer("OCR_REFERENCE", lambda dice: _checked(dice, 14)),
    ),
    headings=("OCR", "OCR-nummer"),
)


def _card(dice: Dice) -> str:
    """As the networks number them, none of them given out."""
    first, length = pick(
        dice, [(4, ("4", 16)), (3, (str(dice.randrange(51, 56)), 16)), (1, (dice.choice(("34", "37")), 15))]
    )
    body = first + "".join(dice.choices("0123456789", k=length - 1 - len(first)))
    return body + luhn_digit(body)


def _card_spaced(card: str, sign: str) -> str:
    return _in_fours(card, sign) if len(card) == 16 else sign.join((card[:4], card[4:10], card[10:]))


def _card_value(dice: Dice) -> Value:
    card = _card(dice)
    forms = [(3, card), (5, _card_spaced(card, " ")), (1, _card_spaced(card, "-"))]
    return Value("CARD", pick(dice, forms), card)


def _wrong_card(dice: Dice) -> str:
    card = with_other_end(dice, _card(dice))
    return pick(dice, [(1, card), (2, _card_spaced(card, " ")), (1, _card_spaced(card, "-"))])


def _of_no_network(dice: Dice) -> str:
    """Its control digit is right."""
    body = dice.choice("079") + digits(dice, 14)
    return _in_fours(body + luhn_digit(body))


CARD = Forms(
    "CARD",
    _CARD,
    _card_value,
    (
        labelled("CARD", _CARD, _wrong_card),
        bare("CARD", _wrong_card),
        bare("CARD", _of_no_network),
        ordered("CARD", _card),
        longer("CARD", _card),
    ),
    alone=_card_value,
    headings=("Kortnummer", "Kort"),
)
