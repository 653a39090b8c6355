from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.accounts import tokens
from tryggve.accounts.models import User
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests.lists import MACHINE, add, people
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.vault import custody
from tryggve.vault.tests.cheap import PASSPHRASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]


def _pages() -> list[str]:
    """The pages that show something of a customer; the register is locked then."""
    [cilla] = add(CILLA)
    batch = imports.preview_file(name="a.csv", content=people(range(2)), source="", actor=MACHINE, at=NOW)
    customer = f"/customers/{cilla}/"
    return ["/customers/", customer, f"{customer}edit/", f"{customer}erase/", f"/customers/import/{batch}/"]


def test_every_page_about_customers_leads_to_the_unlock_page_and_is_readable_afterwards(
    as_anna: Client,
) -> None:
    pages = _pages()
    assert [as_anna.get(page).status_code for page in pages] == [200] * 5
    custody.lock()
    answers = [as_anna.get(page) for page in pages]
    assert [(one.status_code, one.headers["Location"].partition("?")[0]) for one in answers] == [
        (302, "/unlock/")
    ] * 5
    custody.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert [as_anna.get(page).status_code for page in pages] == [200] * 5


def test_index_of_who_searched_before_is_dropped(as_anna: Client) -> None:
    register_index.forget()
    add(CILLA)
    found = as_anna.post("/customers/search/", {"text": "cilla"}, headers={"HX-Request": "true"})
    assert "Cilla Åkerström" in found.content.decode()
    assert register_index._index is not None
    custody.lock()
    refused = as_anna.post("/customers/search/", {"text": "cilla"}, headers={"HX-Request": "true"})
    assert (refused.status_code, "Åkerström" in refused.content.decode()) == (503, False)
    assert register_index._index is None


def test_other_pages_work_while_locked(as_anna: Client) -> None:
    custody.lock()
    pages = ["/company/keys/", "/company/keys/kit/", "/company/mail/", "/company/outbox/", "/unlock/"]
    assert [as_anna.get(page).status_code for page in pages] == [200] * 5


def test_program_is_told_that_the_register_is_locked(anna: User) -> None:
    add(CILLA)
    secret = tokens.make(
        user=anna,
        name="t",
        scopes=["customers.api"],
        lasts=timedelta(days=1),
        actor=anna.actor,
        at=timezone.now(),
    )
    custody.lock()
    answer = Client().get("/api/v1/customers", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["error"]) == (503, "locked")


def test_form_for_a_new_customer_is_not_lost_on_another_page(as_anna: Client) -> None:
    """It is refused in words where it was sent, so that «back» shows what was typed."""
    custody.lock()
    answer = as_anna.post("/customers/add/", {"kind": "person", "name": "Cilla"})
    assert (answer.status_code, "The register is locked" in answer.content.decode()) == (503, True)
    with pytest.raises(vault.NotUnlocked):
        vault.keyring().require_unlocked()


def test_nothing_sensitive_is_opened_or_found_by_number_while_locked(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    register_index.forget()
    page, number = f"/customers/{cilla}/sensitive/", "640823-3234"
    assert number in as_anna.post(page, {"reason": "invoice"}).content.decode()
    custody.lock()
    opened = as_anna.post(page, {"reason": "invoice"})
    saved = as_anna.post(f"{page}change/", {"numbers": "", "revision": "1"})
    found = as_anna.post("/customers/search/", {"text": number}, headers={"HX-Request": "true"})
    assert [one.status_code == 200 for one in (opened, saved, found)] == [False] * 3
    assert not any(
        "Cilla" in one.content.decode() or number in one.content.decode() for one in (opened, found)
    )
    custody.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert number in as_anna.post(page, {"reason": "invoice"}).content.decode()
