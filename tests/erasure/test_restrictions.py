"""A restriction begins and ends with a row, an entry in the log, and what it means for the customer."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tests.erasure.erasing import ANNA, KARIN, ask, erase, state_of
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Erasure, Restriction
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.erasure import erasures
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _restrict(customer: UUID) -> UUID:
    return restrictions.restrict(customer=customer, actor=ANNA, at=NOW, reach=EVERYBODY)


def _lift(customer: UUID, told: str = "On the telephone, today.") -> None:
    restrictions.lift(customer=customer, told=told, actor=KARIN, at=NOW + timedelta(days=1), reach=EVERYBODY)


def test_restriction_begins_once_and_ends_once(cilla: UUID) -> None:
    first = _restrict(cilla)
    assert _restrict(cilla) == first
    assert Customer.objects.get(pk=cilla).restricted_at == NOW

    _lift(cilla)

    row = Restriction.objects.get()
    assert (row.begun_at, row.begun_by, row.ended_by) == (NOW, ANNA, KARIN)
    assert Customer.objects.get(pk=cilla).restricted_at is None
    with pytest.raises(restrictions.NotRestricted):
        _lift(cilla)
    assert [(one.action, one.actor) for one in audit.entries_about(cilla)[:2]] == [
        ("rights.unrestricted", KARIN),
        ("rights.restricted", ANNA),
    ]


@pytest.mark.parametrize("told", ["", "  \n"])
def test_restriction_ends_only_after_the_customer_was_told(cilla: UUID, told: str) -> None:
    _restrict(cilla)
    with pytest.raises(restrictions.NotTold):
        _lift(cilla, told=told)
    assert Customer.objects.get(pk=cilla).restricted_at == NOW


def test_log_keeps_how_the_customer_was_told_until_the_customer_is_erased(cilla: UUID) -> None:
    _restrict(cilla)
    _lift(cilla, told="By letter on Monday.")
    [entry] = [one for one in audit.entries_about(cilla) if one.action == "rights.unrestricted"]
    assert dict(audit.details_of([entry])[entry.pk].words) == {"told": "By letter on Monday."}
    assert "Monday" not in str(entry.facts)


@pytest.mark.parametrize("ground", ["DUE", "MISTAKE", "WITHDRAWN"])
def test_restricted_customer_is_not_erased_by_the_company_before_it_ends(cilla: UUID, ground: str) -> None:
    _restrict(cilla)
    with pytest.raises(customers.Restricted):
        ask(cilla, ground=ground)
    _lift(cilla)
    ask(cilla, ground=ground)


def test_restricted_customer_who_asks_to_be_erased_is(cilla: UUID) -> None:
    _restrict(cilla)
    erase(cilla)
    assert state_of(cilla) is None


def test_customer_who_is_put_aside_is_not_restricted(cilla: UUID) -> None:
    ask(cilla)
    with pytest.raises(customers.AlreadyGone):
        _restrict(cilla)
    assert Restriction.objects.count() == 0


def _copy(customer: UUID) -> dict[str, list[dict[str, object]]]:
    """What a copy of the customer's data tells of, by holding."""
    held = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=ANNA, at=NOW).held
    return {
        one.code: [{value.code: value.content for value in part.values} for part in one.parts] for one in held
    }


def test_copy_of_the_data_tells_from_when_to_when_it_was_kept_from_use(cilla: UUID) -> None:
    _restrict(cilla)
    begun = {"begun_at": NOW.isoformat()}
    assert _copy(cilla)["rights.restrictions"] == [begun]
    _lift(cilla)
    ended = {"ended_at": (NOW + timedelta(days=1)).isoformat()}
    assert _copy(cilla)["rights.restrictions"] == [begun | ended]


def test_copy_of_the_data_tells_that_an_erasure_was_called_off(cilla: UUID) -> None:
    erasures.call_off(erasure=ask(cilla, ground="MISTAKE"), actor=ANNA, at=NOW, reach=EVERYBODY)
    assert _copy(cilla)["rights.erasures"] == [
        {"state": "called off", "ground": "the customer should not be in the register"}
    ]


def test_erased_customer_leaves_no_restriction_and_the_number_of_the_erasure(cilla: UUID) -> None:
    _restrict(cilla)
    erasure = erase(cilla)
    assert not Restriction.objects.exists()
    row = Erasure.objects.get(pk=erasure)
    assert (row.customer_ref, row.outcome["erased"]["rights.restrictions"]) == (cilla, 1)
