"""Consents that run out or are taken back, and the erasure that follows where nothing else is left."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right.consenting import customer, holds, kinds, prepare, say, withdraw
from tests.cast import NOW
from tryggve.domains.customers.models import Customer
from tryggve.domains.rights.models import ConsentEvent, Erasure, Keep, Purpose
from tryggve.domains.rights.services.consents import consent_ends, leaving_over
from tryggve.domains.rights.services.consents.consents import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
LATER = NOW + DAY


def test_consent_in_words_for_a_time_ends_and_the_end_is_written_down_once(firm: Any) -> None:
    newsletter = prepare(lasts_months=1)
    cilla = customer()
    say(cilla, newsletter)
    end = ConsentEvent.objects.get().holds_until
    assert end is not None
    assert (end - NOW).days == 31 or (end - NOW).days == 30  # March, and the summer time within
    assert holds(cilla, newsletter, end - timedelta(seconds=1))
    assert not holds(cilla, newsletter, end)
    assert [consent_ends.end_what_ran_out(now=end + day * DAY) for day in (0, 1)] == [1, 0]
    assert kinds(cilla) == ["GIVEN", "EXPIRED"]


def test_yes_said_anew_before_the_end_was_written_down_stays(firm: Any) -> None:
    newsletter = prepare(lasts_months=1)
    cilla = customer()
    say(cilla, newsletter)
    later = NOW + 40 * DAY
    say(cilla, newsletter, at=later)
    assert consent_ends.end_what_ran_out(now=later) == 0
    assert holds(cilla, newsletter, later)


def test_renewed_consent_outlives_the_first_end(firm: Any) -> None:
    newsletter = prepare(lasts_months=1)
    cilla = customer()
    say(cilla, newsletter)
    say(cilla, newsletter, Kind.RENEWED, at=NOW + 20 * DAY)
    assert holds(cilla, newsletter, NOW + 40 * DAY)


def _only_consents() -> None:
    """The company keeps data for nothing but the newsletter and what the law demands."""
    kept = ["newsletter", "bookkeeping", "security-logs", "rights-requests"]
    Purpose.objects.exclude(code__in=kept).update(ended_at=NOW)


def test_withdrawing_the_only_consent_begins_the_erasure(cilla: UUID, newsletter: UUID) -> None:
    _only_consents()
    say(cilla, newsletter)
    withdraw(cilla, newsletter)
    erasure = Erasure.objects.get()
    assert (erasure.customer_ref, erasure.ground, erasure.state) == (cilla, "WITHDRAWN", "QUARANTINE")


def test_withdrawal_beside_another_ground_erases_nothing(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    withdraw(cilla, newsletter)
    assert not Erasure.objects.exists()


def test_erasure_that_was_called_off_is_not_begun_again(cilla: UUID, newsletter: UUID) -> None:
    _only_consents()
    say(cilla, newsletter)
    withdraw(cilla, newsletter)
    Erasure.objects.update(state="CALLED_OFF")
    Customer.objects.filter(pk=cilla).update(state=Customer.State.ACTIVE)
    leaving_over.try_again(now=LATER + DAY)
    assert Erasure.objects.count() == 1


def test_erasure_that_a_hold_kept_from_beginning_is_begun_later(cilla: UUID, newsletter: UUID) -> None:
    _only_consents()
    say(cilla, newsletter)
    hold = Keep.objects.create(
        customer_ref=cilla, kind=Keep.Kind.HOLD, reason_sealed=b"", decided_at=NOW, decided_by="system"
    )
    withdraw(cilla, newsletter)
    assert not holds(cilla, newsletter, LATER)
    assert not Erasure.objects.exists()
    hold.delete()
    leaving_over.try_again(now=LATER)
    assert Erasure.objects.get().customer_ref == cilla
