"""What a demo firm shows of the law, so that who looks at it finds each page with something on it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Addressee, Feedback, Mailing
from tryggve.domains.rights import demo
from tryggve.domains.rights.models import (
    Case,
    ConsentEvent,
    Due,
    Erasure,
    Keep,
    KeptByLaw,
    NoticeVersion,
    Purpose,
    Suppression,
)
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.setup.models import Firm
from tryggve.lib import demonstration
from tryggve.lib.demonstration import Country, Order

pytestmark = pytest.mark.django_db
CUSTOMERS = 60


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """The index of the test before holds customers who were never committed."""
    register_index.forget()


def furnish(country: Country, language: str, person: User) -> None:
    """A demo firm of that country, in the language that is spoken there."""
    Firm.objects.update(country=country, language=language)
    with translation.override("en"):  # as in a terminal that speaks another
        demonstration.furnish(Order(country, CUSTOMERS, [person.pk], MACHINE, NOW))


@pytest.fixture
def swedish(firm: Firm, bo: User) -> None:
    furnish("SE", "sv", bo)


def test_demo_firm_has_a_request_that_waits_and_one_that_was_answered(firm: Firm) -> None:
    add(CILLA, DAN)
    demo.requests(Order("SE", 12, [], actor=MACHINE, at=NOW))
    assert sorted(Case.objects.values_list("state", flat=True)) == ["DONE", "OPEN"]


def test_one_request_must_be_answered_within_the_week(swedish: None) -> None:
    waiting = Case.objects.get(kind="ACCESS", state="OPEN")
    assert waiting.due_on - timezone.localdate(NOW) < timedelta(days=7)


def test_customers_have_said_yes_no_and_taken_a_yes_back(swedish: None) -> None:
    said = ConsentEvent.objects.filter(purpose__code="newsletter").values_list("kind", flat=True)
    assert Counter(said) == {"ASKED": 28, "GIVEN": 17, "REFUSED": 6, "WITHDRAWN": 5}


def test_letter_reached_those_whose_yes_held_and_one_answer_waits_for_somebody(swedish: None) -> None:
    assert Mailing.objects.get().state == "DONE"
    sent = Addressee.objects.filter(state="SENT").values_list("customer_ref", flat=True)
    purpose = Purpose.objects.get(code="newsletter").pk
    assert set(sent) == consents.who_consent(list(sent), purpose, at=NOW - timedelta(days=21)) != set()
    assert Counter(Feedback.objects.values_list("state", flat=True)) == {"OPEN": 1, "NO_NEED": 2}


def test_customers_are_due_and_one_is_held_and_one_kept_longer(swedish: None) -> None:
    kept = set(Keep.objects.values_list("customer_ref", "kind"))
    due = set(Due.objects.values_list("pk", flat=True))
    assert (len(due), due & {customer for customer, _kind in kept}) == (6, set())
    assert sorted(kind for _customer, kind in kept) == ["HOLD", "LONGER"]


def test_customer_who_is_put_aside_waits_without_a_doubt_about_the_clock(swedish: None) -> None:
    assert Erasure.objects.get(state="QUARANTINE").destroys_at > NOW
    assert erasure_clock.doubted_since(at=NOW) is None


def test_erased_customer_is_held_back_and_the_invoice_is_kept(swedish: None) -> None:
    kept = KeptByLaw.objects.get()
    assert (kept.is_alone, kept.rule) == (True, "se-bookkeeping")
    assert Suppression.objects.filter(is_for_good=True).exists()
    assert Customer.objects.in_force().count() == CUSTOMERS - 2


def test_danish_firm_shows_the_same_under_danish_law(firm: Firm, bo: User) -> None:
    furnish("DK", "da", bo)
    assert sorted(NoticeVersion.objects.values_list("language", flat=True)) == ["da", "en", "sv"]
    assert (Mailing.objects.count(), Due.objects.count()) == (1, 6)
    assert sorted(Erasure.objects.values_list("state", flat=True)) == ["DESTROYED", "QUARANTINE"]
    assert KeptByLaw.objects.get().rule == "dk-bookkeeping"


@pytest.mark.parametrize(("country", "language"), [("SE", "sv"), ("DK", "da")])
def test_demo_firm_writes_in_the_language_of_its_country(
    firm: Firm, bo: User, country: Country, language: str
) -> None:
    furnish(country, language, bo)
    assert Mailing.objects.get().language == language


def test_small_demo_keeps_all_its_customers(firm: Firm, bo: User) -> None:
    demonstration.furnish(Order("SE", 12, [bo.pk], MACHINE, NOW))
    assert (Customer.objects.in_force().count(), Erasure.objects.count()) == (12, 0)
