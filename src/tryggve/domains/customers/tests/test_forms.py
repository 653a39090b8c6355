"""What people type, and what becomes of it."""

from typing import Any

import pytest

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.forms.customer import CustomerForm

MINIMUM = {"kind": "person", "name": "Åsa"}


def _details(**typed: str) -> Details:
    form = CustomerForm(MINIMUM | typed)
    assert form.is_valid(), form.errors
    return form.details()


def _errors(**typed: str) -> dict[str, Any]:
    return dict(CustomerForm(MINIMUM | typed).errors)


def test_lists_are_typed_one_on_each_line() -> None:
    details = _details(
        emails=" a@example.se \r\n\r\nb@example.se\r\na@example.se", phones="070-174 06 05\n08-465 004 00"
    )
    assert details.emails == ("a@example.se", "b@example.se")
    assert details.phones == ("070-174 06 05", "08-465 004 00")


def test_tags_are_typed_with_commas() -> None:
    assert _details(tags=" vip, ,new ,vip").tags == ("vip", "new")


def test_address_of_nothing_is_none() -> None:
    assert (_details().addresses, _details(city_0="Åre").addresses) == ((), (Address(city="Åre"),))


def test_line_breaks_of_a_note_are_one_kind() -> None:
    assert _details(note="one\r\ntwo").note == "one\ntwo"


@pytest.mark.parametrize(
    "typed", [{"organisation": "Bygg AB"}, {"emails": "a@example.se"}, {"phones": "070-174 06 05"}]
)
def test_one_thing_to_find_somebody_by_is_enough(typed: dict[str, str]) -> None:
    assert (list(_errors(name="")), list(_errors(name="", **typed))) == (["name"], [])


@pytest.mark.parametrize("kind", ["", "robot"])
def test_kind_is_a_person_or_an_organisation(kind: str) -> None:
    assert _errors(kind=kind).keys() == {"kind"}


@pytest.mark.parametrize("field", ["name", "organisation", "note", "tags", "source", "street_0", "job_title"])
def test_null_characters_are_refused(field: str) -> None:
    assert _errors(**{field: "a\x00b"}).keys() == {field}


def test_form_shows_what_it_would_save() -> None:
    details = Details(
        kind="organisation", name="Bygg AB", organisation="Koncern AB", emails=("a@example.se", "b@example.se"),
        phones=("070-174 06 05",), addresses=(Address("Storgatan 1", "111 22", "Stockholm", "Sverige"),),
        note="one\n\ntwo", tags=("vip", "new"), source="fair",
    )  # fmt: skip
    initial = CustomerForm.initial_from(details, 7)
    form = CustomerForm({name: str(value) for name, value in initial.items()})
    assert form.is_valid()
    assert (form.details(), form.cleaned_data["revision"]) == (details, 7)


@pytest.mark.parametrize("typed", [{"phones": "070-174 06 05\n811218-9876"}, {"tags": "vip, 811218-9876"}])
def test_identity_number_is_refused_where_everybody_would_see_it(typed: dict[str, str]) -> None:
    [(name, complaints)] = _complaints(typed)
    assert (name in typed, "among the sensitive details of the card" in complaints) == (True, True)


def test_identity_number_that_stood_on_the_card_before_holds_up_no_other_change() -> None:
    known = Details(phones=("811218-9876",), tags=("640823-3234",))
    form = CustomerForm(MINIMUM | {"phones": known.phones[0], "tags": known.tags[0]}, known=known)
    assert form.is_valid()


def test_number_is_taken_for_a_telephone_number_by_the_country_of_the_firm() -> None:
    assert CustomerForm(MINIMUM | {"phones": "010190-1234"}).is_valid()
    assert not CustomerForm(MINIMUM | {"phones": "010190-1234"}, country="DK").is_valid()


def _complaints(typed: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, str(said)) for name, said in CustomerForm(MINIMUM | typed).errors.items()]
