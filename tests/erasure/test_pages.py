"""The pages on which a customer is put aside, called off, erased sooner, and kept from use."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import CILLA, NOW
from tests.erasure.erasing import ANNA, ask, erase, state_of
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Erasure, Quarantine
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.destruction import destroying

pytestmark = pytest.mark.django_db


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_card_leads_to_a_page_that_tells_what_will_happen(as_anna: Client, cilla: UUID) -> None:
    assert f"/customers/{cilla}/erase/" in _text(as_anna, f"/customers/{cilla}/")
    page = _text(as_anna, f"/customers/{cilla}/erase/")
    assert "put aside for 14 days, then erased" in page
    assert state_of(cilla) == Customer.State.ACTIVE


def test_name_is_typed_and_the_customer_put_aside(as_anna: Client, cilla: UUID, anna: User) -> None:
    typed = {"ground": "REQUEST", "name": "cilla  akerstrom"}
    answer = as_anna.post(f"/customers/{cilla}/erase/", typed)
    row = Erasure.objects.get()
    assert answer["Location"] == f"/customers/erasures/{row.pk}/"
    assert (row.customer_ref, row.asked_by, row.ground) == (cilla, anna.actor, "REQUEST")
    page = _text(as_anna, f"/customers/erasures/{row.pk}/")
    assert ("Call it off" in page, "Agree to erase at once" in page) == (True, False)
    assert as_anna.get(f"/customers/{cilla}/").status_code == 404


@pytest.mark.parametrize(
    ("details", "typed"),
    [
        (Details(name="\u202eAnna  Ek\u202c"), "Anna Ek"),
        (Details(emails=("x" * 60 + "@" + "example." * 22 + "se",)), "x" * 60 + "@" + "example." * 22 + "se"),
        (Details(name="🙂"), "🙂"),
    ],
    ids=["invisible letters", "long e-mail", "emoji"],
)
def test_every_customer_can_be_erased_by_what_one_sees(as_anna: Client, details: Details, typed: str) -> None:
    [customer] = add(details)
    as_anna.post(f"/customers/{customer}/erase/", {"ground": "DUE", "name": typed})
    assert state_of(customer) == Customer.State.PUT_ASIDE


@pytest.mark.parametrize("ground", ["REQUEST", "DUE"])
def test_damaged_customer_is_erased_by_the_end_of_the_id(as_anna: Client, cilla: UUID, ground: str) -> None:
    row = Customer.objects.get(pk=cilla)
    Customer.objects.filter(pk=cilla).update(details_sealed=bytes(row.details_sealed)[:-1] + b"?")
    page, code = f"/customers/{cilla}/erase/", str(cilla)[-12:]

    assert code in _text(as_anna, page)
    as_anna.post(page, {"ground": ground, "name": code})

    assert state_of(cilla) == Customer.State.PUT_ASIDE
    assert (destroying.destroy_due(at=timezone.now() + timedelta(days=14)), state_of(cilla)) == (1, None)


def test_card_has_one_way_to_delete_a_customer(as_anna: Client, cilla: UUID) -> None:
    assert _text(as_anna, f"/customers/{cilla}/").count("link-danger") == 1
    assert as_anna.get(f"/customers/{cilla}/delete/").status_code == 404
    restrictions.restrict(customer=cilla, actor=ANNA, at=NOW, reach=EVERYBODY)
    # Who asked that the data is kept may ask to be erased all the same.
    assert _text(as_anna, f"/customers/{cilla}/").count(f"/customers/{cilla}/erase/") == 1


def test_another_name_changes_nothing(as_anna: Client, cilla: UUID) -> None:
    answer = as_anna.post(f"/customers/{cilla}/erase/", {"ground": "REQUEST", "name": "Dan"})
    assert "That is not the name on the card" in answer.content.decode()
    assert (state_of(cilla), Erasure.objects.count()) == (Customer.State.ACTIVE, 0)


def test_erasure_is_called_off_from_its_page(as_anna: Client, cilla: UUID) -> None:
    erasure = ask(cilla)
    answer = as_anna.post(f"/customers/erasures/{erasure}/call-off/")
    assert (answer["Location"], state_of(cilla)) == (f"/customers/{cilla}/", Customer.State.ACTIVE)
    assert as_anna.post(f"/customers/erasures/{erasure}/call-off/").status_code == 409


def test_second_owner_or_captain_agrees_on_the_page(cilla: UUID, anna: User, karin: User) -> None:
    erasure = ask(cilla, actor=anna.actor)
    anna_there, karin_there = signing_in.browser_of(anna), signing_in.browser_of(karin)
    assert anna_there.post(f"/customers/erasures/{erasure}/sooner/").status_code == 409
    assert "Agree to erase at once" in _text(karin_there, f"/customers/erasures/{erasure}/")
    assert karin_there.post(f"/customers/erasures/{erasure}/sooner/").status_code == 302
    assert Erasure.objects.get(pk=erasure).hastened_by == karin.actor


def test_list_tells_who_waits_and_who_was_erased(as_anna: Client, cilla: UUID) -> None:
    assert "Nobody waits to be erased" in _text(as_anna, "/customers/erasures/")
    ask(cilla)
    page = _text(as_anna, "/customers/erasures/")
    assert (CILLA.name in page, "waits" in page) == (True, True)


def test_receipt_is_downloaded_once_it_is_done(as_anna: Client, cilla: UUID) -> None:
    erasure = erase(cilla)
    assert "An erased customer" in _text(as_anna, f"/customers/erasures/{erasure}/")
    answer = as_anna.get(f"/customers/erasures/{erasure}/receipt/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "receipt-en-" in answer["Content-Disposition"]


def test_customer_who_waits_has_no_receipt_to_download(as_anna: Client, cilla: UUID) -> None:
    assert as_anna.get(f"/customers/erasures/{ask(cilla)}/receipt/").status_code == 409


@pytest.mark.parametrize(("days", "status", "kept"), [("7", 302, [7]), ("0", 409, []), ("x", 409, [])])
def test_waiting_time_is_chosen(as_anna: Client, days: str, status: int, kept: list[int]) -> None:
    assert as_anna.post("/customers/erasures/waiting-time/", {"days": days}).status_code == status
    assert list(Quarantine.objects.values_list("days", flat=True)) == kept


def test_restriction_begins_on_its_page_and_ends_on_the_card(as_anna: Client, cilla: UUID) -> None:
    assert as_anna.post(f"/customers/{cilla}/restrict/")["Location"] == f"/customers/{cilla}/"
    card = _text(as_anna, f"/customers/{cilla}/")
    assert "used for nothing else" in card
    for use in ("edit/", "notes/add/", "documents/add/", "relate/", "sensitive/change/"):
        assert f"/customers/{cilla}/{use}" not in card
    assert as_anna.get(f"/customers/{cilla}/erase/").status_code == 200
    refused = as_anna.post(f"/customers/{cilla}/erase/", {"ground": "DUE", "name": CILLA.name})
    assert refused.status_code == 409
    assert as_anna.post(f"/customers/{cilla}/restrict/lift/").status_code == 409
    as_anna.post(f"/customers/{cilla}/restrict/lift/", {"told": "On the telephone."})
    assert "used for nothing else" not in _text(as_anna, f"/customers/{cilla}/")


def test_note_about_a_restricted_customer_is_refused_in_words(as_anna: Client, cilla: UUID) -> None:
    restrictions.restrict(customer=cilla, actor="system", at=NOW, reach=EVERYBODY)
    answer = as_anna.post(f"/customers/{cilla}/notes/add/", {"text": "Hello"})
    assert (answer.status_code, "End the restriction first" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("page", ["1", "0", "-1", "abc", "99999999999", ""])
def test_odd_page_numbers_show_a_page(as_anna: Client, page: str) -> None:
    assert as_anna.get("/customers/erasures/", {"page": page}).status_code == 200
