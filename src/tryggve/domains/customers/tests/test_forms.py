"""What people type, and what becomes of it."""

from typing import Any

import pytest

from tryggve.domains.customers import forms
from tryggve.domains.customers.engine.details import Address, Details

MINIMUM = {"kind": "person", "name": "Åsa"}


def _details(**typed: str) -> Details:
    form = forms.Customer(MINIMUM | typed)
    assert form.is_valid(), form.errors
    return form.details()


def _errors(**typed: str) -> dict[str, Any]:
    return dict(forms.Customer(MINIMUM | typed).errors)


def test_lists_are_typed_one_on_each_line() -> None:
    details = _details(
        emails=" a@example.se \r\n\r\nb@example.se\r\na@example.se", phones="070-174 06 05\n08-465 004 00"
    )
    assert details.emails == ("a@example.se", "b@example.se")
    assert details.phones == ("070-174 06 05", "08-465 004 00")


def test_tags_are_typed_with_commas() -> None:
    assert _details(tags=" vip, ,new ,vip").tags == ("vip", "new")


def test_address_of_nothing_is_none() -> None:
    assert (_details().addresses, _details(city="Åre").addresses) == ((), (Address(city="Åre"),))


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


@pytest.mark.parametrize("field", ["name", "organisation", "note", "tags", "source", "street"])
def test_null_characters_are_refused(field: str) -> None:
    assert _errors(**{field: "a\x00b"}).keys() == {field}


def test_form_shows_what_it_would_save() -> None:
    details = Details(
        kind="organisation", name="Bygg AB", organisation="Koncern AB", emails=("a@example.se", "b@example.se"),
        phones=("070-174 06 05",), addresses=(Address("Storgatan 1", "111 22", "Stockholm", "Sverige"),),
        note="one\n\ntwo", tags=("vip", "new"), source="fair",
    )  # fmt: skip
    initial = forms.Customer.initial_from(details, 7)
    form = forms.Customer({name: str(value) for name, value in initial.items()})
    assert form.is_valid()
    assert (form.details(), form.cleaned_data["revision"]) == (details, 7)
