"""The card's form: several addresses, and two people who write at once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.forms.customer import CustomerForm
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import custom_fields, records
from tryggve.domains.customers.tests.lists import MACHINE, add, in_force

pytestmark = pytest.mark.django_db
HOMES = Details(name="Åsa", addresses=(Address("Storgatan 1", "111 22", "Stockholm"), Address("Ängen 3")))


def _typed(details: Details, revision: int = 1, **more: str) -> dict[str, str]:
    shown = CustomerForm.initial_from(details, revision)
    return {name: str(value) for name, value in shown.items()} | more


def _change(customer: UUID, details: Details) -> None:
    revision = Customer.objects.get(pk=customer).revision
    records.change_customer(
        customer=customer, seen_revision=revision, details=details, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def _body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_pages_show_bare_digits_in_groups_and_the_form_as_they_were_written(as_anna: Client) -> None:
    [asa] = add(Details(name="Åsa", phones=("0701740615",), addresses=(Address("", "97238", "LULEÅ"),)))
    card, listed = _body(as_anna.get(f"/customers/{asa}/")), _body(as_anna.get("/customers/"))
    assert '<a href="tel:0701740615">070-174 06 15</a>' in card
    assert "<div>972 38 LULEÅ</div>" in card
    assert "<div>070-174 06 15</div>" in listed
    found = _body(as_anna.post("/customers/search/", {"text": "Åsa"}, headers={"HX-Request": "true"}))
    assert "070-174 06 15" in found
    assert "0701740615" in _body(as_anna.get(f"/customers/{asa}/edit/"))


def test_form_offers_one_empty_address_after_those_there(as_anna: Client) -> None:
    [asa] = add(HOMES)
    text = _body(as_anna.get(f"/customers/{asa}/edit/"))
    assert ['name="street_2"' in text, 'name="street_3"' in text] == [True, False]


def test_address_is_added_by_writing_it_and_removed_by_emptying_it(as_anna: Client) -> None:
    [asa] = add(HOMES)
    emptied = {"street_0": "", "postcode_0": "", "city_0": ""}
    added = {"street_2": "Nygatan 5", "postcode_2": "", "city_2": "Lund", "country_2": ""}
    as_anna.post(f"/customers/{asa}/edit/", _typed(HOMES) | emptied | added)
    assert in_force()["Åsa"].addresses == (Address("Ängen 3"), Address("Nygatan 5", "", "Lund"))


@pytest.mark.parametrize("page", ["edit", "add"])
def test_one_more_address_saves_nothing_and_keeps_what_was_written(as_anna: Client, page: str) -> None:
    [asa] = add(HOMES)
    address = f"/customers/{asa}/edit/" if page == "edit" else "/customers/add/"
    answer = as_anna.post(address, _typed(HOMES, name="", note="half written", add_address="yes"))
    text = _body(answer)
    assert ("half written" in text, 'name="street_2"' in text, "Please mend this" in text) == (
        True,
        True,
        False,
    )
    assert in_force() == {"Åsa": HOMES}


def test_more_addresses_than_the_form_shows_are_kept(as_anna: Client) -> None:
    many = Details(name="Åsa", addresses=tuple(Address(f"Gatan {number}") for number in range(45)))
    [asa] = add(many)
    as_anna.post(f"/customers/{asa}/edit/", _typed(many, note="new"))
    assert in_force()["Åsa"] == replace(many, note="new")


def test_what_the_form_does_not_show_is_kept(as_anna: Client) -> None:
    gone = custom_fields.add_field(
        name="Gone", kind="TEXT", choices=[], is_sensitive=False, actor=MACHINE, at=NOW
    )
    custom_fields.archive_field(field=gone, actor=MACHINE, at=NOW)
    known = replace(CILLA, uids=("urn:uuid:1",), number_tags=("tag",), custom=((str(gone), "38"),))
    [cilla] = add(known)
    as_anna.post(f"/customers/{cilla}/edit/", _typed(known, job_title="Baker", status="former"))
    assert in_force()[CILLA.name] == replace(known, job_title="Baker", status="former")


def test_status_and_title_at_work_are_on_the_card(as_anna: Client) -> None:
    [cilla] = add(replace(CILLA, job_title="Baker", status="prospect"))
    text = _body(as_anna.get(f"/customers/{cilla}/"))
    assert ("Baker" in text, "Prospect" in text) == (True, True)


def test_who_is_overtaken_sees_both_and_keeps_what_both_wrote(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    _change(cilla, replace(CILLA, phones=("08-465 004 00",), note="Bo wrote this."))
    hers = _typed(CILLA, note="Anna wrote this.", job_title="Baker")
    answer = as_anna.post(f"/customers/{cilla}/edit/", hers)
    told = {one.title: (one.mine, one.theirs, one.is_taken) for one in answer.context["differences"]}
    assert told == {
        "Job title": ("Baker", "", False),
        "Telephone": ("070-174 06 05", "08-465 004 00", True),
        "Note": ("Anna wrote this.", "Bo wrote this.", False),
    }
    form = answer.context["form"]
    again = {bound.name: str(bound.value() or "") for bound in form}
    as_anna.post(f"/customers/{cilla}/edit/", again)
    assert in_force()[CILLA.name] == replace(
        CILLA, phones=("08-465 004 00",), note="Anna wrote this.", job_title="Baker"
    )


def test_who_is_overtaken_twice_is_told_twice_and_keeps_their_own(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    _change(cilla, replace(CILLA, note="once"))
    answer = as_anna.post(f"/customers/{cilla}/edit/", _typed(CILLA, job_title="Baker"))
    _change(cilla, replace(CILLA, note="twice", job_title="Smith"))
    again = {bound.name: str(bound.value() or "") for bound in answer.context["form"]}
    told = as_anna.post(f"/customers/{cilla}/edit/", again).context["differences"]
    assert [(one.title, one.theirs, one.is_taken) for one in told] == [
        ("Job title", "Smith", False),
        ("Note", "twice", True),
    ]


def test_address_that_the_other_added_is_offered_to_who_was_overtaken(as_anna: Client) -> None:
    [asa] = add(HOMES)
    more = replace(HOMES, addresses=(*HOMES.addresses, Address("Nygatan 5"), Address("Byn 7")))
    _change(asa, more)
    answer = as_anna.post(f"/customers/{asa}/edit/", _typed(HOMES, note="Anna's"))
    again = {bound.name: str(bound.value() or "") for bound in answer.context["form"]}
    as_anna.post(f"/customers/{asa}/edit/", again)
    assert in_force()["Åsa"] == replace(more, note="Anna's")


def test_control_characters_are_refused(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    answer = as_anna.post(f"/customers/{cilla}/edit/", _typed(CILLA, job_title="a\x1bb"))
    assert ("control characters" in _body(answer), in_force()) == (True, {CILLA.name: CILLA})


def test_country_of_the_firm_tells_an_identity_number_typed_as_a_telephone_number(
    as_anna: Client, firm: Any
) -> None:
    firm.country = "DK"
    firm.save()
    typed = {"kind": "person", "name": "Mette", "phones": "010190-1234", "revision": "1"}
    [cilla] = add(CILLA)
    for address in ("/customers/add/", f"/customers/{cilla}/edit/"):
        answer = as_anna.post(address, typed)
        assert "is an identity number" in answer.content.decode()
    assert in_force() == {CILLA.name: CILLA}
