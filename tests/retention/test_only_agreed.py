"""Who is in the register for a yes alone, as far as anybody knows, is due when it holds no more; a person decides."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right import asking
from tests.by_right.consenting import customer, prepare, say, withdraw
from tests.cast import NOW
from tests.retention.keeping import by, found, keep, keep_by_law, tell_end
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import notes
from tryggve.domains.customers.tests.lists import bring_in, csv_of
from tryggve.domains.rights.models import Due, Erasure
from tryggve.domains.rights.services.consents import consent_ends
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.retention import purging

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
WITHDRAWN, LATER = NOW + DAY, NOW + 3 * DAY


@pytest.fixture
def newsletter() -> UUID:
    return prepare()


@pytest.fixture
def subscriber(newsletter: UUID) -> UUID:
    """From an old list of who wanted the newsletter; written down as a yes."""
    bring_in(csv_of("Cilla Ek;cilla@example.se;;;"))
    cilla = Customer.objects.get().pk
    say(cilla, newsletter)
    return cilla


def test_subscriber_from_a_list_who_withdraws_is_due_and_not_erased(
    subscriber: UUID, newsletter: UUID
) -> None:
    assert found(LATER) == set()
    withdraw(subscriber, newsletter, at=WITHDRAWN)
    assert (found(WITHDRAWN), found(LATER)) == (set(), {subscriber})
    row = Due.objects.get()
    assert (row.purpose_ref, row.needed_until) == (newsletter, WITHDRAWN.date())
    assert not Erasure.objects.exists()


def test_list_of_who_is_due_says_why(subscriber: UUID, newsletter: UUID, as_anna: Client) -> None:
    withdraw(subscriber, newsletter, at=WITHDRAWN)
    found(LATER)
    page = as_anna.get("/customers/retention/").content.decode()
    assert "yes ended on March 3, 2026, and nothing else is known that needs them" in page


def test_person_may_have_them_erased(subscriber: UUID, newsletter: UUID) -> None:
    withdraw(subscriber, newsletter, at=WITHDRAWN)
    done = purging.purge([subscriber], **by(LATER))
    assert list(done.put_aside) == [subscriber]


def test_yes_that_ran_out_counts_like_one_taken_back(newsletter: UUID) -> None:
    cilla = customer()
    say(cilla, newsletter, holds_until=NOW + DAY)
    consent_ends.end_what_ran_out(now=LATER)
    assert found(LATER) == {cilla}


def test_erasure_that_was_called_off_is_looked_at_again(subscriber: UUID, newsletter: UUID) -> None:
    withdraw(subscriber, newsletter, at=WITHDRAWN)
    erasure = erasures.ask_erasure(customer=subscriber, ground=Erasure.Ground.WITHDRAWN, **by(LATER))
    assert found(LATER) == set()
    erasures.call_off(erasure=erasure, **by(LATER))
    assert found(LATER) == {subscriber}


@pytest.mark.parametrize("what", ["note", "request", "end", "invoice", "keep", "yes", "never", "status"])
def test_who_is_there_for_more_or_was_never_there_for_a_yes_is_not_due(newsletter: UUID, what: str) -> None:
    cilla = customer(Details(name="Cilla Ek", status="customer" if what == "status" else ""))
    if what != "never":
        say(cilla, newsletter)
    say(cilla, newsletter, Kind.REFUSED if what == "never" else Kind.WITHDRAWN, at=WITHDRAWN)
    match what:
        case "note":
            notes.add_note(customer=cilla, text="Begins in May.", **by(WITHDRAWN))
        case "request":
            asking.asked(cilla, at=WITHDRAWN)
        case "end":
            tell_end(cilla, NOW.date())
        case "invoice":
            keep_by_law(cilla)
        case "keep":
            keep(cilla, at=WITHDRAWN)
        case "yes":
            say(cilla, newsletter, at=WITHDRAWN + DAY)
    assert found(LATER) == set()
