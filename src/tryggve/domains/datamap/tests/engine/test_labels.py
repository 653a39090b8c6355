import re

import numpy as np
import pytest

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.words.said_in_text import said_in

VALUE = "5566778899"


def says(text: str, kind: Kind, value: str = VALUE) -> list[Says]:
    content, sought = text.encode(), value.encode()
    start = np.array([match.start() for match in re.finditer(re.escape(sought), content)], np.int64)
    assert len(start)
    return [Says(one) for one in said_in(content).of(kind, start, start + len(sought)).tolist()]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Personnr", Kind.SE_PERSONNUMMER),
        ("pnr.", Kind.SE_PERSONNUMMER),
        ("Samordningsnummer", Kind.SE_SAMORDNINGSNUMMER),
        ("Org.nr", Kind.SE_ORGNR),
        ("CPR-nr.", Kind.DK_CPR),
        ("cvr", Kind.DK_CVR),
        ("Fødselsnummer", Kind.NO_FNR),
        ("FØDSELSNUMMER", Kind.NO_FNR),
        ("Henkilötunnus", Kind.FI_HETU),
        ("HENKILÖTUNNUS", Kind.FI_HETU),
        ("IBAN", Kind.IBAN),
        ("bg", Kind.SE_BANKGIRO),
        ("Plusgiro", Kind.SE_PLUSGIRO),
        ("OCR", Kind.OCR_REFERENCE),
        ("KID-nummer", Kind.OCR_REFERENCE),
        ("Kortnummer", Kind.CARD),
        ("Tlf.", Kind.PHONE),
        ("Puh", Kind.PHONE),
        ("mobile phone", Kind.PHONE),
        ("Född", Kind.DATE_OF_BIRTH),
        ("Syntymäaika", Kind.DATE_OF_BIRTH),
        ("Date of birth", Kind.DATE_OF_BIRTH),
        ("Adress", Kind.ADDRESS),
        ("IP-adress", Kind.IP),
        ("Sähköposti", Kind.EMAIL),
        ("Namn", Kind.PERSON),
    ],
)
def test_a_label_before_a_value_names_its_kind(label: str, kind: Kind) -> None:
    assert says(f"Hej! {label}: {VALUE} och mer", kind) == [Says.THIS]


@pytest.mark.parametrize(
    "label",
    [
        "Ordernr",
        "Fakturanr",
        "Artikelnummer",
        "EAN",
        "Ärende",
        "Serienummer",
        "Kvitto",
        "Belopp",
        "Version",
        "Kundnr",
        "Sagsnr.",
        "Saksnummer",
        "Laskun numero",
        "Invoice no",
        "Varenr",
        "Tel",
    ],
)
def test_a_label_may_name_something_else(label: str) -> None:
    assert says(f"{label} {VALUE}", Kind.SE_ORGNR) == [Says.OTHER]


def test_without_a_label_nothing_is_said() -> None:
    assert says(f"vi ses {VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]


def test_the_nearest_of_two_labels_speaks() -> None:
    assert says(f"Org.nr saknas, ordernr {VALUE}", Kind.SE_ORGNR) == [Says.OTHER]
    assert says(f"Ordernr saknas, org.nr {VALUE}", Kind.SE_ORGNR) == [Says.THIS]


def test_a_label_on_an_earlier_line_is_silent() -> None:
    assert says(f"Ring om order\nHej {VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]
    assert says(f"Tel saknas\nHej {VALUE}", Kind.PHONE) == [Says.NOTHING]


def test_a_label_right_above_its_value_speaks() -> None:
    assert says(f"Telefon:\n  {VALUE}", Kind.PHONE) == [Says.THIS]
    assert says(f"Telefon:\n\n\n{VALUE}", Kind.PHONE) == [Says.NOTHING]


def test_words_may_stand_between_a_label_and_its_value_but_not_many() -> None:
    assert says(f"org.nr för firman är {VALUE}", Kind.SE_ORGNR) == [Says.THIS]
    assert says(f"org.nr {'x ' * 20}{VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]
    assert says(f"ordernr {'x ' * 10}{VALUE}", Kind.SE_ORGNR) == [Says.OTHER]
    assert says(f"ordernr {'x ' * 13}{VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]


def test_a_label_that_has_had_its_value_calls_no_further_one_something_else() -> None:
    assert says(f"Tel 08-12 34 56, {VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]
    assert says(f"Tel 08-12 34 56, {VALUE}", Kind.PHONE) == [Says.THIS]


def test_two_labels_with_a_slash_both_speak() -> None:
    assert says(f"Pnr/orgnr: {VALUE}", Kind.SE_PERSONNUMMER) == [Says.THIS]
    assert says(f"Orgnr / pnr: {VALUE}", Kind.SE_ORGNR) == [Says.THIS]
    assert says(f"Pnr, orgnr: {VALUE}", Kind.SE_PERSONNUMMER) == [Says.OTHER]


@pytest.mark.parametrize("after", [" (org.nr)", "(org.nr)", " (orgnr i Sverige)"])
def test_a_label_in_parentheses_after_a_value_speaks(after: str) -> None:
    assert says(f"Ordernr {VALUE}{after}", Kind.SE_ORGNR) == [Says.THIS]


def test_a_parenthesis_that_doesnt_begin_with_a_label_is_silent() -> None:
    assert says(f"{VALUE} (ej org.nr)", Kind.SE_ORGNR) == [Says.NOTHING]


def test_the_rest_of_a_word_is_no_label() -> None:
    assert says(f"xorgnr {VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]
    for before in range(50, 70):
        assert says(f"{'x' * before}orgnr{' ' * 30}{VALUE}", Kind.SE_ORGNR) == [Says.NOTHING]


def test_a_key_with_underscores_is_a_label() -> None:
    assert says(f'{{"customer_phone": "{VALUE}"}}', Kind.PHONE) == [Says.THIS]


def test_a_label_of_words_stands_right_before_its_value() -> None:
    assert says("Namn: Anna Alm", Kind.PERSON, "Anna Alm") == [Says.THIS]
    assert says("Vilket namn har Anna Alm", Kind.PERSON, "Anna Alm") == [Says.NOTHING]


@pytest.mark.parametrize("count", [1, 4_000])
def test_many_places_are_told_the_same_as_few(count: int) -> None:
    lines = f"Org.nr {VALUE}\nOrdernr {VALUE}\nTelefon:\n{VALUE}\nDet var {VALUE}\nPnr/orgnr {VALUE}\n"
    told = [Says.THIS, Says.OTHER, Says.OTHER, Says.NOTHING, Says.THIS]
    assert says(lines * count, Kind.SE_ORGNR) == told * count


def test_no_places_are_told_nothing() -> None:
    nowhere = np.empty(0, np.int64)
    assert len(said_in(b"tel").of(Kind.PHONE, nowhere, nowhere)) == 0


def test_places_at_both_ends_of_a_text_are_told() -> None:
    assert says(f"{VALUE} tel {VALUE}", Kind.PHONE) == [Says.NOTHING, Says.THIS]
