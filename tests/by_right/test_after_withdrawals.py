"""Customers who are put aside by a withdrawal: who is told of it, and whom it happens to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right.consenting import customer, letters_sent, links_in, prepare, say, withdraw
from tests.by_right.test_sign_ups import link, press, send
from tests.cast import CILLA, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import notes
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Erasure, Purpose
from tryggve.domains.rights.services.consents import consent_ends, leaving_over
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
DAY = timedelta(days=1)


def keep_nothing_else() -> None:
    kept = ["newsletter", "bookkeeping", "security-logs", "rights-requests"]
    Purpose.objects.exclude(code__in=kept).update(ended_at=NOW)


@pytest.fixture
def put_aside(cilla: UUID, newsletter: UUID, anna: User, karin: User) -> Erasure:
    """Cilla took her only yes back with one click."""
    keep_nothing_else()
    say(cilla, newsletter, at=NOW - DAY)
    OutboxMessage.objects.all().delete()
    withdraw(cilla, newsletter, at=NOW)
    return Erasure.objects.get()


def test_captain_is_told_by_mail_without_a_name_and_once(
    put_aside: Erasure, karin: User, cilla: UUID, newsletter: UUID
) -> None:
    [letter] = letters_sent(notices.ERASURE_BEGUN)
    assert letter.address == karin.email
    assert links_in(letter.text) == [f"/customers/erasures/{put_aside.pk}/"]
    assert "Cilla" not in letter.text
    leaving_over.erase_if_nothing_is_left(cilla, at=NOW + DAY)
    assert len(letters_sent(notices.ERASURE_BEGUN)) == 1


def test_first_page_tells_of_it_until_it_is_called_off(put_aside: Erasure, as_anna: Client) -> None:
    first = as_anna.get("/today/").content.decode()
    assert "No consent of 1 customer holds any more" in first
    as_anna.post(f"/customers/erasures/{put_aside.pk}/call-off/")
    assert "holds any more, so they were put aside" not in as_anna.get("/today/").content.decode()


def test_erasure_that_a_person_asked_for_is_no_reminder(
    put_aside: Erasure, as_anna: Client, anna: User
) -> None:
    Erasure.objects.update(asked_by=anna.actor)
    assert "holds any more, so they were put aside" not in as_anna.get("/today/").content.decode()


def test_receipt_tells_the_customer_when_the_data_is_erased(put_aside: Erasure) -> None:
    [receipt] = letters_sent(notices.CONSENT_RECEIPT)
    assert receipt.address == CILLA.emails[0]
    assert "will be erased on March 16, 2026. Do you want to stay?" in receipt.text


def test_receipt_of_who_stays_tells_of_no_erasure(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=NOW - DAY)
    withdraw(cilla, newsletter, at=NOW)
    assert "erased" not in letters_sent(notices.CONSENT_RECEIPT)[-1].text


@pytest.fixture
def eva(newsletter: UUID) -> UUID:
    """She signed up on the website of a coach who keeps data for much else."""
    send(newsletter)
    press(link())
    return Customer.objects.values_list("pk", flat=True).get()


def test_who_only_signed_up_is_erased_when_she_withdraws_though_the_firm_has_other_purposes(
    eva: UUID, newsletter: UUID
) -> None:
    withdraw(eva, newsletter)
    assert Erasure.objects.get().customer_ref == eva


def test_who_signed_up_and_became_a_customer_stays(eva: UUID, newsletter: UUID) -> None:
    notes.add_note(customer=eva, text="Begins in May.", actor="system", at=NOW + DAY / 2, reach=EVERYBODY)
    withdraw(eva, newsletter)
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(("status", "is_erased"), [("prospect", True), ("customer", False), ("", False)])
def test_card_says_whether_a_purpose_about_customers_needs_somebody(
    newsletter: UUID, status: Any, is_erased: bool
) -> None:
    Purpose.objects.filter(code__in=["enquiries", "prospects"]).update(ended_at=NOW)
    who = customer(replace(CILLA, status=status))
    say(who, newsletter)
    withdraw(who, newsletter)
    assert Erasure.objects.exists() is is_erased


def test_consent_that_ran_out_begins_the_erasure_too(firm: Any) -> None:
    newsletter = prepare(lasts_months=1)
    keep_nothing_else()
    cilla = customer()
    say(cilla, newsletter)
    later = NOW + 60 * DAY
    consent_ends.end_what_ran_out(now=later)
    leaving_over.try_again(now=later)
    assert Erasure.objects.get().customer_ref == cilla
