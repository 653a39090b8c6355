import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address, Details

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SOME = st.lists(TEXT, max_size=3).map(tuple)
ANY_DETAILS = st.builds(
    Details,
    kind=st.sampled_from(["person", "organisation"]),
    name=TEXT,
    organisation=TEXT,
    emails=SOME,
    phones=SOME,
    addresses=st.lists(st.builds(Address, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    note=TEXT,
    tags=SOME,
    source=TEXT,
)


@given(ANY_DETAILS)
@settings(max_examples=100, deadline=None)
def test_document_holds_all_details(details: Details) -> None:
    assert Details.from_bytes(details.to_bytes()) == details


def test_empty_fields_are_left_out_of_the_document() -> None:
    document = json.loads(Details(name="Åsa", tags=("vip",)).to_bytes())
    assert document == {"kind": "person", "name": "Åsa", "tags": ["vip"]}


def test_document_of_fewer_fields_is_readable() -> None:
    assert Details.from_bytes(b'{"name":"Dan"}') == Details(name="Dan")


def test_document_that_names_the_fields_of_an_address_is_readable() -> None:
    """As the first documents did."""
    document = b'{"addresses":[{"city":"Skara","country":"","postcode":"532 30","street":"Storgatan 1"}]}'
    assert Details.from_bytes(document) == Details(addresses=(Address("Storgatan 1", "532 30", "Skara"),))


def test_address_is_written_without_the_names_of_its_fields() -> None:
    details = Details(addresses=(Address("Storgatan 1", "", "Skara"), Address(country="DK"), Address()))
    written = json.loads(details.to_bytes())["addresses"]
    assert written == [["Storgatan 1", "", "Skara"], ["", "", "", "DK"], []]


def test_same_details_give_the_same_bytes() -> None:
    assert Details(name="Åsa", note="a").to_bytes() == Details(note="a", name="Åsa").to_bytes()


def test_title_is_the_first_thing_there_is() -> None:
    details = Details(organisation="Bygg AB", emails=("a@example.se",), phones=("070",))
    assert Details(name="Åsa", organisation="Bygg AB").title == "Åsa"
    assert details.title == "Bygg AB"
    assert Details(emails=("a@example.se",), phones=("070",)).title == "a@example.se"
    assert Details(phones=("070",)).title == "070"
    assert Details(note="nobody").title == ""
