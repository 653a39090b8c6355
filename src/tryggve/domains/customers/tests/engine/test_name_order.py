import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.columns.name_order import given_name_first, is_family_first
from tryggve.domains.customers.engine.values.organisation_names import is_organisation


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Ek, Anna", "Anna Ek"),
        ("Ek,Anna", "Anna Ek"),
        ("von Essen, Anna Maria", "Anna Maria von Essen"),
        ("ÅKERSTRÖM-EK, ÅSA", "ÅSA ÅKERSTRÖM-EK"),
        ("Anna Ek", "Anna Ek"),
        ("Berg, Lund & Co AB", "Berg, Lund & Co AB"),
        ("Bageriet, Malmö AB", "Bageriet, Malmö AB"),
        ("Ek, Anna, VD", "Ek, Anna, VD"),
        ("Ek, 3 tr", "Ek, 3 tr"),
        ("Ek,", "Ek,"),
        (", Anna", ", Anna"),
    ],
)
def test_given_name_comes_first_but_for_organisations(name: str, turned: str) -> None:
    assert given_name_first(name) == turned


@given(st.text("EkAn ,;&B.1å", max_size=20))
def test_turned_name_has_the_same_words_and_stays(name: str) -> None:
    turned = given_name_first(name)
    assert sorted(turned.replace(",", " ").split()) == sorted(name.replace(",", " ").split())
    assert given_name_first(turned) == turned


def test_comma_is_the_rule_where_most_names_have_it() -> None:
    assert is_family_first(["Ek, Anna", "von Essen, Bo", "Dan Lund"])
    assert is_family_first(["Ek, Anna", "Berg, Bo", "Bygg AB", "Måleri, Lund AB", "Snickeri HB"])


@pytest.mark.parametrize(
    "names",
    [
        ["Ek, Anna"],
        ["Ek, Anna", "Bo Ek"],
        ["Ek, Anna", "Berg, Bo", "Dan Lund", "Cilla Ek"],
        ["Anna Ek, Lund", "Bo Berg, Malmö"],
        ["Berg, Lund & Co AB", "Ek, Ek & Ek HB"],
        [],
    ],
)
def test_comma_is_no_rule(names: list[str]) -> None:
    assert not is_family_first(names)


@pytest.mark.parametrize(
    "name",
    [
        "Bygg AB", "AB Volvo", "Bageriet ApS", "Murer Hansen A/S", "Rør AS", "Leipomo Oy", "Oy Leipomo Ab", "Bygg DA",
        "Berg, Lund & Co", "Ek & Söner", "BRF Granen", "Lunds kommun", "Kivik ek. för.", "Bygg AB (Lund)", "Firma I/S",
        "Tmi Virtanen", "Smedjan HB, filial", "Example Ltd.", "Idrottsföreningen Vi förening",
    ],
)  # fmt: skip
def test_legal_form_tells_an_organisation(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name", ["Anna Ek", "MARIA DA SILVA", "Bo as Ek", "Anna & Bo Ek", "Ab", "Abel Askman", "Ek, Anna", ""]
)
def test_person_is_no_organisation(name: str) -> None:
    assert not is_organisation(name)
