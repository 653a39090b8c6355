import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.values.alphabet import place
from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.engine.values.phones import Country

SWEDISH = [
    "Adam",
    "Ahlberg",
    "Ek",
    "Én",
    "Eriksson",
    "Vide",
    "Walter",
    "Yngve",
    "Zetterlund",
    "Åberg",
    "Ärlig",
    "Öberg",
]
DANISH = [
    "Adam",
    "Ahlberg",
    "Ek",
    "Én",
    "Eriksson",
    "Vide",
    "Walter",
    "Yngve",
    "Zahle",
    "Ærø",
    "Østergaard",
    "Åkjær",
]
ALPHABETS: list[tuple[Country, list[str]]] = [
    ("SE", SWEDISH),
    ("FI", SWEDISH),
    ("DK", DANISH),
    ("NO", DANISH),
]


@pytest.mark.parametrize(("country", "names"), ALPHABETS)
def test_names_follow_the_alphabet_of_the_country(country: Country, names: list[str]) -> None:
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=lambda name: place(name, country)) == names


@pytest.mark.parametrize(("country", "names"), ALPHABETS)
def test_case_and_way_of_writing_an_accent_make_no_difference(country: Country, names: list[str]) -> None:
    for name in names:
        same = (name.upper(), name.lower(), unicodedata.normalize("NFD", name))
        assert {place(one, country) for one in same} == {place(name, country)}


@pytest.mark.parametrize(
    ("country", "foreign", "own"),
    [
        ("SE", "Ærø", "Ärö"), ("SE", "Øst", "Öst"), ("FI", "Øst", "Öst"), ("SE", "Müller", "Myller"),
        ("DK", "Ärlig", "Ærlig"), ("DK", "Öberg", "Øberg"), ("NO", "Öberg", "Øberg"), ("DK", "Müller", "Myller"),
        ("DK", "Kierkegaard", "Kierkegård"), ("NO", "Aasen", "Åsen"), ("DK", "AAGAARD", "Ågård"),
    ],
)  # fmt: skip
def test_letter_of_the_neighbours_stands_with_its_own(country: Country, foreign: str, own: str) -> None:
    assert place(foreign, country) == place(own, country)


def test_double_a_stays_two_letters_in_sweden() -> None:
    assert place("Aagaard", "SE") == "aagaard"


@given(st.text(st.characters(codec="ascii")) | st.text("aeéêçñßОлег王"))
def test_name_without_letters_of_the_north_stands_where_search_has_it(name: str) -> None:
    assert place(name, "SE") == fold(name)
