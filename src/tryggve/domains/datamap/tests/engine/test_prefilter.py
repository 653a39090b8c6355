from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.datamap.engine import contacts, numbers, prefilter
from tryggve.domains.datamap.engine.contacts import street_names
from tryggve.domains.datamap.engine.prefilter import Prefilter
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import any_of, lists, secrets
from tryggve.domains.datamap.engine.words.said_in_text import said_in
from tryggve.domains.datamap.engine.words.word import listed
from tryggve.domains.datamap.tests.engine.test_secrets import KEY, TOKENS

Asks = Callable[[bytes], bool]
FINDERS: Final = (secrets.find, *numbers.FINDERS, *contacts.FINDERS)
BACK_ENDS: Final = tuple(
    Prefilter(compiles).may_hold_anything for compiles in (any_of.by_hyperscan, any_of.by_re2, any_of.by_re)
)

_HOLDING: Final = (
    "850505-1234|8505051234|19850505-1234|850505+1234|850505 1234|131052-308T|131052A308T|5566778899|556677-8899"
    "|16 556677 8899|010203 12345|01020312345|12 34 56 78|+45 12 34 56 78|070-123 45 67|(08) 12 34 56|08/12 34 56"
    "|+46 (0)70 123 45 67|070 - 123 45 67|1234-5678|123-4567|90 20 03-3|SE45 5000 0000 0583 9825 7466"
    "|GB82WEST12345698765432|MT84MALT011000012345MTLCAST001S|NO93-8601-1117-947|4111 1111 1111 1111"
    "|192.168.1.1|8.8.8.8|::1|fe80::1|2001:db8:0:0:0:0:0:1|anna@example.se|anna@exämple.se|å@b.se|a@[1.2.3.4]"
    "|3/4 85|3/4-85|3.4.85|3. 4. 1985|1985-04-03|3 april 1985|3. april 1985|May 17, 1980|3.4.1985"
    "|3. huhtikuuta 1985|3 jan 1985|17. toukokuuta 1980|17.maj 1980|123 45 Stockholm|Rosenlund 5 B, 8000 Aarhus C"
    "|Rosenlund 5, 8000 Aarhus|12 High Street|0150 Oslo, tlf 22 33 44 55"
    "|plusgiro 12-3|PG 12-3|OCR: 1230|KID 1230|viite 1232|lösenord: sommar|LÖSENORD: sommar|password=hunter"
    "|adgangskode hej"
    "|Storgatan 5|Karl Johans gate 5 B|Hämeentie 3|Box 12|Adress: Rosenlund|Namn\tGata\nBo\tRosenlund"
    "|api_key: x|token|Bearer x"
)
HOLDING: Final = _HOLDING.split("|")
CLEAN: Final = (
    "Det är en helt vanlig text om ingenting alls, med några ord på svenska.",
    "Paragraf 5, kapitel 12, sidan 403 och avsnitt 1.2 i version 3.14 från år 2024.",
    "def sum(self, other): return self.first + other.first  # adds both",
    "En tabell;med ord;i\nAnna;Bo;Eva\n",
    "",
)


@pytest.fixture(params=BACK_ENDS, ids=("hyperscan", "re2", "re"))
def asks(request: pytest.FixtureRequest) -> Asks:
    back_end: Asks = request.param
    return back_end


@pytest.mark.parametrize("value", [*HOLDING, *TOKENS, KEY.format("RSA ")])
def test_what_may_be_a_finding_is_let_through(asks: Asks, value: str) -> None:
    assert asks(value.encode())
    assert asks(f"Hej, {value}.\n".encode())


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_told(asks: Asks, text: str) -> None:
    assert not asks(text.encode())


STREETS: Final = " ".join((street_names._SURE, street_names._POSSIBLE, street_names._BOXES)).split()


@pytest.mark.parametrize("ending", STREETS)
def test_every_ending_of_a_street_is_let_through(ending: str) -> None:
    assert prefilter.may_hold_anything(f"Nya {ending} 5".encode())
    assert prefilter.may_hold_anything(f"NYA {ending.upper()} 5".encode())


@pytest.mark.parametrize("word", sorted(lists.passwords() | lists.keys()))
def test_every_word_before_a_secret_is_let_through(asks: Asks, word: str) -> None:
    for spelled in listed(word, 0).spellings():
        assert asks(f"{spelled.upper()}: x".encode())


def test_the_fastest_that_is_installed_is_asked() -> None:
    assert any_of.FASTEST is any_of.by_hyperscan
    assert prefilter.may_hold_anything(b"anna@example.se")
    assert not prefilter.may_hold_anything(b"anna example")


def test_a_heading_over_passwords_is_let_through(asks: Asks) -> None:
    assert asks("Namn;Lösenord\n".encode())


SIGNS: Final = [
    *"0123456789 .-/:+;\n@aEé",
    "SE",
    "::",
    "maj ",
    "lösenord",
    "ocr",
    "pg ",
    "0x",
    "gatan",
    "AKIA",
    "Storgatan 5",
    "\t",
    "Adress",
    "född ",
    "Oslo",
    "plusgiro ",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_all_back_ends_answer_the_same(text: str) -> None:
    assert len({asks(text.encode()) for asks in BACK_ENDS}) == 1


@given(st.binary(max_size=40))
def test_all_back_ends_answer_the_same_to_any_bytes(content: bytes) -> None:
    assert len({asks(content) for asks in BACK_ENDS}) == 1


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(SIGNS), st.sampled_from(HOLDING), st.sampled_from(TOKENS)), max_size=10
    ).map(" ".join)
)
def test_whatever_a_finder_finds_is_let_through(text: str) -> None:
    content = text.encode()
    read = Text(content, said_in(content))
    if any(len(finder(read)) for finder in FINDERS):
        assert prefilter.may_hold_anything(content)
