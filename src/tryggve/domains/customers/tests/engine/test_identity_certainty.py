import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.drafts import Draft, SetAside
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.identity_numbers import is_surely_no_phone, is_surely_personal
from tryggve.domains.customers.engine.rows.understood import understand
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.tests.engine import numbers

_FOUR = st.sampled_from(["SE", "DK", "NO", "FI"])


@given(number=numbers.swedish(), country=_FOUR)
def test_swedish_number_with_its_hyphen_is_surely_one(number: str, country: str) -> None:
    with_century, short = f"{number[:8]}-{number[8:]}", f"{number[2:8]}-{number[8:]}"
    assert is_surely_personal(with_century, country="SE")
    assert is_surely_personal(short, country="SE")
    assert is_surely_no_phone(with_century, country=country)
    assert is_surely_no_phone(short, country="SE") == (short[0] != "0")
    assert not is_surely_personal(number[2:], country="SE")


@given(number=numbers.danish())
def test_danish_number_is_surely_one_in_denmark_alone(number: str) -> None:
    hyphened = f"{number[:6]}-{number[6:]}"
    assert is_surely_no_phone(hyphened, country="DK")
    assert not is_surely_no_phone(number, country="DK")


@given(number=numbers.norwegian())
def test_norwegian_number_has_two_control_digits_and_needs_no_hyphen(number: str) -> None:
    assert is_surely_personal(number, country="NO")
    assert is_surely_no_phone(number, country="NO")


@given(digits=st.text("0123456789", min_size=6, max_size=10), cut=st.integers(2, 9), country=_FOUR)
def test_telephone_number_of_the_firms_country_is_never_taken_for_one(
    digits: str, cut: int, country: str
) -> None:
    national = f"0{digits}" if country in ("SE", "FI") else digits[:8]
    for written in (national, f"{national[:cut]}-{national[cut:]}", f"+46{digits}", f"0046{digits}"):
        assert not is_surely_no_phone(written, country=country)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9877",
        "811318-9876",
        "556036-0793",
        "8112189876",
        "vip",
        "",
        "urn:uuid:1",
        "2018-01-15",
        "1-2",
        "-",
    ],
)
def test_firms_number_wrong_digit_and_bare_digits_are_not_surely_one(text: str) -> None:
    assert not is_surely_personal(text, country="SE")


@pytest.mark.parametrize(
    ("country", "heading", "cell"),
    [
        ("SE", "Telefon", "811218-9876"),
        ("SE", "Telefon", "8112189876"),
        ("SE", "Telefon", "070-174 06 05, 811218-9876"),
        ("SE", "Etiketter", "vip, 640823-3234"),
        ("SE", "UID", "640823\u20113234"),
        ("FI", "Etiketter", "131052-308T"),
        ("DK", "Telefon", "010190-1234"),
    ],
)
def test_row_with_an_identity_number_where_everybody_would_see_it_is_set_aside(
    country: Country, heading: str, cell: str
) -> None:
    rows = f"Namn;{heading}\nAnna Ek;{cell}\nBo Ek;20 12 34 56\n".encode()
    [(_cells, first), (_others, second)] = understand(read_table(io.BytesIO(rows)), country).lines
    assert isinstance(first, SetAside)
    assert (first.column, first.reason, type(second)) == (heading, "identity_number", Draft)
