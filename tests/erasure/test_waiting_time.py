"""How long a customer waits to be erased: nobody alone makes it shorter, nor does a clock that has gone wrong."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import AFTER, ANNA, KARIN, ask, state_of
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Erasure, ErasureClock
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import quarantine

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEARS = NOW + 1_800 * DAY


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _set(days: int, at: datetime = NOW) -> None:
    quarantine.set_quarantine(days=days, actor=ANNA, at=at)


def _days(at: datetime) -> int:
    return quarantine.quarantine_days(at=at)


def test_shorter_time_counts_only_when_the_longer_one_has_gone_by() -> None:
    _set(1)
    assert [_days(NOW), _days(AFTER - timedelta(seconds=1)), _days(AFTER)] == [14, 14, 1]
    assert quarantine.shorter_from(at=NOW) == (1, AFTER)
    assert quarantine.shorter_from(at=AFTER) is None


def test_who_shortens_the_time_destroys_nobody_sooner(cilla: UUID) -> None:
    _set(1)
    ask(cilla)
    assert destroying.destroy_due(at=AFTER - DAY) == 0
    assert destroying.destroy_due(at=AFTER) == 1


def test_longer_time_counts_at_once() -> None:
    _set(21)
    assert _days(NOW) == 21


def test_time_that_is_changed_again_meanwhile_gains_nothing() -> None:
    _set(2)
    _set(1, at=NOW + 10 * DAY)
    assert [_days(NOW + 14 * DAY), _days(NOW + 24 * DAY)] == [14, 1]


def test_time_made_longer_again_takes_the_shorter_one_back() -> None:
    _set(1)
    _set(14, at=NOW + DAY)
    assert [_days(NOW + DAY), _days(YEARS)] == [14, 14]


def test_clock_that_jumps_ahead_destroys_nobody_until_a_person_says_that_it_is_right(cilla: UUID) -> None:
    destroying.destroy_due(at=NOW)
    ask(cilla)

    assert [destroying.destroy_due(at=YEARS), destroying.destroy_due(at=YEARS + DAY)] == [0, 0]
    assert state_of(cilla) == Customer.State.PUT_ASIDE

    erasure_clock.confirm(actor=KARIN, at=YEARS)
    assert destroying.destroy_due(at=YEARS) == 1
    assert Entry.objects.filter(action="rights.erasure-clock-confirmed", actor=KARIN).count() == 1


def test_clock_that_is_put_right_again_needs_nobody(cilla: UUID) -> None:
    destroying.destroy_due(at=NOW)
    ask(cilla)
    destroying.destroy_due(at=YEARS)
    assert destroying.destroy_due(at=NOW + DAY) == 0
    for day in range(2, 14, 6):
        destroying.destroy_due(at=NOW + day * DAY)
    assert destroying.destroy_due(at=AFTER) == 1


def test_computer_that_was_off_over_a_few_days_goes_on_by_itself(cilla: UUID) -> None:
    ask(cilla)
    destroying.destroy_due(at=AFTER - 7 * DAY)
    assert destroying.destroy_due(at=AFTER) == 1


def test_what_was_begun_is_finished_whatever_the_clock_says(cilla: UUID) -> None:
    destroying.destroy_due(at=NOW)
    [dan] = add(DAN)
    ask(cilla)
    begun = ask(dan)
    Erasure.objects.filter(pk=begun).update(state=Erasure.State.DESTROYING)
    assert destroying.destroy_due(at=YEARS) == 1
    assert (state_of(dan), state_of(cilla)) == (None, Customer.State.PUT_ASIDE)


def test_clock_is_doubted_while_nobody_waits_for_nothing() -> None:
    destroying.destroy_due(at=NOW)
    destroying.destroy_due(at=YEARS)
    assert erasure_clock.doubted_since(at=YEARS) is None


def test_page_asks_whether_the_date_is_right(cilla: UUID, anna: User) -> None:
    ask(cilla)
    with time_machine.travel(NOW, tick=False):
        as_anna = signing_in.browser_of(anna)
        assert "Is today really" not in as_anna.get("/customers/erasures/").content.decode()
        ErasureClock.objects.create(pk=1, looked_at=NOW - 8 * DAY)
        assert "Is today really March 2, 2026?" in as_anna.get("/customers/erasures/").content.decode()
        assert "Look at the date" in as_anna.get("/today/").content.decode()
        assert as_anna.post("/customers/erasures/clock/").status_code == 302
        assert "Is today really" not in as_anna.get("/customers/erasures/").content.decode()
        assert "Look at the date" not in as_anna.get("/today/").content.decode()
