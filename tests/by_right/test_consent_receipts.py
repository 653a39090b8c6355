"""The receipt that each who says yes or no is given."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.by_right.consenting import WORDS, customer, holds, letters_sent, say
from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.selectors.erasure import receipts
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.domains.rights.tests import purposes
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
LATER = NOW + timedelta(days=1)


def test_each_receives_a_receipt_with_the_words_and_a_way_back(cilla: UUID, newsletter: UUID) -> None:
    event = say(cilla, newsletter)
    [letter] = letters_sent()
    assert letter.address == "cilla@example.se"
    assert WORDS in letter.text
    assert str(event) in letter.text
    assert "/consent/stop/" in letter.text


def test_mail_to_a_customer_lies_under_the_customers_own_key(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    person = customers.person(cilla)
    row = OutboxMessage.objects.get()
    assert person is not None
    assert vault.key_id_of(bytes(row.body_sealed or b"")) == person.key
    assert (row.recipient_ref, b"cilla" in bytes(row.body_sealed or b"")) == (f"customer:{cilla}", False)


def test_customer_without_an_address_gets_no_receipt_and_the_consent_holds(newsletter: UUID) -> None:
    who = customer(replace(CILLA, emails=()))
    say(who, newsletter)
    assert (letters_sent(), holds(who, newsletter)) == ([], True)


def test_receipt_has_the_four_parts_of_the_standard(cilla: UUID, newsletter: UUID) -> None:
    purposes.write_details()
    given = say(cilla, newsletter)
    taken = say(cilla, newsletter, Kind.WITHDRAWN, at=LATER)
    made = receipts.receipt_of(taken, customer=cilla, language="en")
    assert made is not None
    assert (made["record_id"], made["pii_principal_id"]) == (str(taken), str(cilla))
    [purpose] = made["pii_processing"]["purposes"]
    assert purpose["purpose_type"]
    assert purpose["lawful_basis"] == "eu-gdpr:A6-1-a"
    assert made["party_identification"][0]["party_name"] == "Annas Snickeri"
    states = [one["event_state"] for one in made["events"]]
    assert states == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    earlier = receipts.receipt_of(given, customer=cilla, language="en")
    assert earlier is not None
    assert [one["event_state"] for one in earlier["events"]] == ["dpv:ConsentGiven"]


def test_receipt_is_nobody_elses(cilla: UUID, newsletter: UUID) -> None:
    event = say(cilla, newsletter)
    dan = customer(replace(CILLA, name="Dan", emails=("dan@example.dk",)))
    assert receipts.receipt_of(event, customer=dan, language="en") is None
