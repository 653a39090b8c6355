"""Customers who show by another service who they are: whom it lets in, and whom it doesn't."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.by_right.coming import BACK, HERS, LEAVE, choose, come, is_inside, refused
from tests.by_right.consenting import code_in, customer, letters_sent, read
from tests.cast import CILLA, DAN
from tests.sign_in_service import SignInService
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.customers.tests.numbers import CILLAS, DANS, keep
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import PortalLink, PortalSession
from tryggve.domains.rights.services.portal import customer_provider as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "fresh_index")]
COOKIE = settings.PORTAL_COOKIE_NAME


def test_customer_whose_number_is_on_the_card_comes_in(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    browser, answer = come(service, ssn=HERS)
    assert (answer["Location"], is_inside(browser)) == ("/my/", True)
    assert PortalSession.objects.get().customer_ref == cilla
    assert not User.objects.filter(email__in=CILLA.emails).exists()


@pytest.mark.parametrize("written", ["196408233234", "640823-3234", "19640823-3234 "])
def test_number_is_found_however_it_is_written(cilla: UUID, service: SignInService, written: str) -> None:
    keep(cilla, CILLAS)
    assert is_inside(come(service, ssn=written)[0])


def test_number_of_another_country_is_known_by_the_country_that_the_firm_said(service: SignInService) -> None:
    dan = customer(DAN)
    keep(dan, DANS)
    choose(service, number_country="DK", name="MitID")
    assert is_inside(come(service, ssn=DANS.digits)[0])


@pytest.mark.parametrize(
    "told", ["19640823-3235", "", "  ", 196408233234, None, ["196408233234"], "%", "x" * 500]
)
def test_number_that_no_customer_has_lets_nobody_in(
    cilla: UUID, service: SignInService, told: object
) -> None:
    keep(cilla, CILLAS)
    refused(*come(service, ssn=told), reason="unknown")


def test_number_that_two_customers_have_lets_nobody_in(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    keep(customer(CILLA), CILLAS)
    refused(*come(service, ssn=HERS), reason="unknown")


def test_number_in_another_claim_than_the_chosen_one_counts_for_nothing(
    cilla: UUID, service: SignInService
) -> None:
    keep(cilla, CILLAS)
    refused(*come(service, nin=HERS), reason="unknown")


def test_page_is_the_same_for_a_stranger_and_for_who_broke_off(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    stranger = read(come(service, ssn="19121212-1212")[1])
    broken_off = read(Client().get(f"{BACK}?error=access_denied&state=x"))
    assert stranger.partition("</main>")[0] == broken_off.partition("</main>")[0]


def test_verified_address_alone_needs_the_code_that_is_mailed_there(
    cilla: UUID, service: SignInService
) -> None:
    browser, answer = come(service, email="Cilla@example.se", email_verified=True)
    path = answer["Location"]
    assert (path.startswith("/my/link/"), is_inside(browser)) == (True, False)
    assert letters_sent(notices.PORTAL_LINK) == []
    assert "Send me a code" in read(browser.get(path))
    assert browser.post(path, {"code": "000000"}).status_code == 200
    browser.post(path)
    browser.post(path, {"code": code_in(letters_sent(notices.PORTAL_CODE)[0].text)})
    assert is_inside(browser)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_address_that_is_not_verified_lets_nobody_in(
    cilla: UUID, service: SignInService, verified: object
) -> None:
    refused(*come(service, email="cilla@example.se", email_verified=verified), reason="unknown")
    assert not PortalLink.objects.exists()


def test_address_of_a_customer_with_another_number_lets_nobody_in(
    cilla: UUID, service: SignInService
) -> None:
    keep(cilla, CILLAS)
    refused(
        *come(service, ssn="19121212-1212", email="cilla@example.se", email_verified=True), reason="unknown"
    )


def test_address_that_two_customers_share_lets_nobody_in(cilla: UUID, service: SignInService) -> None:
    customer(CILLA)
    refused(*come(service, email="cilla@example.se", email_verified=True), reason="unknown")


def test_way_in_is_offered_only_when_there_is_one(service: SignInService) -> None:
    assert "Come in with BankID" in read(Client().get("/my/come-in/"))
    services.remove_provider(actor="system", at=timezone.now())
    assert "Come in with" not in read(Client().get("/my/come-in/"))
    assert Client().post(LEAVE).status_code == 403


def test_log_keeps_neither_number_nor_address(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    come(service, ssn=HERS, email="cilla@example.se", email_verified=True)
    opened = Entry.objects.get(action="rights.portal-opened-by-provider")
    assert (opened.subject, opened.facts) == (cilla, {})
    written = str(list(Entry.objects.values_list("action", "facts")))
    assert re.search(r"640823\D{0,8}3234|(?<![\w-])3234(?![\w-])|cilla@", written) is None
    assert Entry.objects.filter(action="customers.number-searched").count() == 1
