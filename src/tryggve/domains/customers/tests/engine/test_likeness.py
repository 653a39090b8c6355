"""Two who are called and live alike, but for a letter, an initial or a part that one leaves out."""

import pytest
from hypothesis import given

from tryggve.domains.customers.engine.comparison.likeness import are_alike, blocks_of, is_one_letter_off
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.tests.engine.strategies import details

_HOME = Address("Storgatan 5", "111 22", "Lund")


def _person(name: str, address: Address = _HOME) -> Details:
    return Details(name=name, addresses=(address,))


@pytest.mark.parametrize(
    "name", ["Jon Ek", "John Ek", "Ek, Jhon", "J. Ek", "Anna John Ek", "John", "JOHN EK"]
)
def test_name_that_differs_by_a_letter_an_initial_or_a_part_is_alike(name: str) -> None:
    assert are_alike(_person(name), _person("John Ek"))


@pytest.mark.parametrize("name", ["Bo Ek", "John Berg", "Johanna Ek", "Jon Eek", "Bo Berg", ""])
def test_another_name_is_not(name: str) -> None:
    assert not are_alike(_person(name), _person("John Ek"))


@pytest.mark.parametrize(
    "address",
    [
        Address("Storg. 5", "11122", "Lund"),
        Address("Stortgatan 5", "111 22", ""),
        Address("storgatan 5 B", "111 22", "Malmö"),
        Address("Storgatan 5", "", "LUND"),
    ],
)
def test_address_that_is_written_otherwise_is_alike(address: Address) -> None:
    assert are_alike(_person("John Ek", address), _person("Jon Ek"))
    if address.postcode:
        assert set(blocks_of(_person("John Ek", address))) & set(blocks_of(_person("Jon Ek")))


@pytest.mark.parametrize(
    "address",
    [
        Address("Storgatan 6", "111 22", "Lund"),
        Address("Storgatan 5", "222 22", "Lund"),
        Address("Storgatan 5", "", "Malmö"),
        Address("Ängen 5", "111 22", "Lund"),
        Address("Storgatan", "111 22", "Lund"),
    ],
)
def test_another_address_is_not(address: Address) -> None:
    assert not are_alike(_person("John Ek", address), _person("Jon Ek"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [("ek", "ek", True), ("ek", "eek", True), ("anna", "nana", True), ("anna", "anan", True), ("anna", "anno", True),
     ("anna", "anders", False), ("", "a", True), ("abcd", "badc", False)],
)  # fmt: skip
def test_one_letter_is_the_most(one: str, other: str, is_one: bool) -> None:
    assert is_one_letter_off(*sorted((one, other), key=len)) is is_one


@given(one=details(), other=details())
def test_likeness_goes_both_ways_and_those_alike_share_a_block(one: Details, other: Details) -> None:
    assert are_alike(one, other) == are_alike(other, one)
    if words(one.name) and blocks_of(one):
        assert are_alike(one, one)


def test_like_people_one_of_whom_has_no_postcode_share_a_block() -> None:
    john = Details(name="John Ek", addresses=(Address("Storgatan 5", "111 22", "Lund"),))
    jon = Details(name="Jon Ek", addresses=(Address("Storgatan 5", "", "Lund"),))
    assert are_alike(john, jon)
    assert set(blocks_of(john)) & set(blocks_of(jon))
