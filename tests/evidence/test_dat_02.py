"""DAT-02: nothing is kept beyond its time. Broken by days that pass and in the database, and mended."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tests.evidence import measured
from tests.retention import keeping
from tests.retention.keeping import AFTER
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Due, Erasure
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.retention import purging
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm
from tryggve.routines.models import Schedule

pytestmark = pytest.mark.django_db
_NIGHTLY = ("rights.find-due", "rights.carry-out-erasures")
A_MONTH_LATER = AFTER + timedelta(days=31)


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    """Needed to the day before AFTER."""
    keeping.choose_jobs()
    [cilla] = add(CILLA)
    return cilla


def found(at: object = None) -> tuple[str, str]:
    moment = at or NOW
    assert isinstance(moment, type(NOW))
    measured.worked(*_NIGHTLY, at=moment - timedelta(hours=3))
    return measured.found("DAT-02", moment)


def test_register_in_which_all_are_needed_is_proven(cilla: UUID) -> None:
    assert found() == ("PROVED", "")
    assert measured.facts("DAT-02", NOW) == {
        "due": 0,
        "undecided": 0,
        "unerased": 0,
        "papers": 0,
        "searched_on": "2026-03-02",
    }


def test_customer_whose_time_passed_a_month_ago_fails_until_somebody_erases(cilla: UUID, anna: User) -> None:
    assert keeping.found(A_MONTH_LATER) == {cilla}
    assert found(AFTER) == ("PROVED", "")  # a month is there to decide
    assert found(A_MONTH_LATER) == ("FAILING", "undecided")

    measured.attest("DAT-02", anna, A_MONTH_LATER)
    assert measured.state("DAT-02", A_MONTH_LATER) is State.FAILING

    purging.purge([cilla], **keeping.by(A_MONTH_LATER))
    assert found(A_MONTH_LATER) == ("PROVED", "")


@pytest.mark.parametrize("kind", ["HOLD", "LONGER"])
def test_who_is_kept_by_law_or_decision_is_not_beyond_the_time(cilla: UUID, kind: str) -> None:
    keeping.found(A_MONTH_LATER)
    keeping.keep(cilla, kind=kind, at=A_MONTH_LATER)
    assert found(A_MONTH_LATER) == ("PROVED", "")


def test_who_asked_that_the_data_is_kept_unused_is_not_beyond_the_time(cilla: UUID) -> None:
    keeping.found(A_MONTH_LATER)
    restrictions.restrict(customer=cilla, **keeping.by(A_MONTH_LATER))
    assert Due.objects.count() == 1
    assert found(A_MONTH_LATER) == ("PROVED", "")


def test_erasure_that_is_not_carried_out_fails_until_it_is(cilla: UUID) -> None:
    keeping.found()
    purging.purge([cilla], **keeping.by())
    due = Erasure.objects.get().destroys_at
    assert found(due + timedelta(days=1)) == ("PROVED", "")
    assert found(due + timedelta(days=3)) == ("FAILING", "unerased")
    destroying.destroy_due(at=due + timedelta(days=3))
    assert found(due + timedelta(days=3)) == ("PROVED", "")


def test_who_is_held_after_they_were_put_aside_waits_rightly(cilla: UUID) -> None:
    keeping.found()
    purging.purge([cilla], **keeping.by())
    keeping.keep(cilla, kind="HOLD")
    assert found(Erasure.objects.get().destroys_at + timedelta(days=3)) == ("PROVED", "")


def test_paper_that_the_law_demands_no_more_fails_until_it_is_gone(cilla: UUID) -> None:
    keeping.keep_by_law(cilla)
    assert found() == ("PROVED", "")
    measured.run("UPDATE rights_keptbylaw SET until = '2026-01-31'")
    assert found() == ("FAILING", "papers")
    measured.run("UPDATE rights_keptbylaw SET until = '2033-12-31'")
    assert found() == ("PROVED", "")


@pytest.mark.parametrize("code", _NIGHTLY)
def test_night_that_failed_or_was_left_out_fails(cilla: UUID, code: str) -> None:
    measured.worked(*_NIGHTLY, at=NOW)
    measured.worked(code, at=NOW - timedelta(days=3))
    assert measured.found("DAT-02", NOW) == ("FAILING", "search-late")
    measured.worked(code, at=NOW, outcome="FAILED")
    assert measured.found("DAT-02", NOW) == ("FAILING", "search-late")
    assert found() == ("PROVED", "")


def test_card_that_does_not_go_with_the_erasure_fails(cilla: UUID) -> None:
    measured.hold_fast("customers_customer")
    assert found() == ("FAILING", "still-readable")
    measured.mend("customers_customer")
    assert found() == ("PROVED", "")


def test_bare_company_is_unknown_and_one_with_customers_and_no_purpose_fails(firm: Firm) -> None:
    assert found() == ("unknown", "nothing-yet")
    add(CILLA)
    assert found() == ("FAILING", "no-limit")
    purposes.choose("jobs")
    Schedule.objects.all().delete()
    assert measured.found("DAT-02", NOW) == ("unknown", "not-searched")
    assert found() == ("PROVED", "")


def test_nothing_of_whom_it_was_tried_on_is_left_but_the_entry_in_the_ledger(cilla: UUID) -> None:
    def everything() -> tuple[int, ...]:
        kinds = (Customer, CustomerChange, Erasure, Due)
        return tuple(kind._default_manager.count() for kind in kinds)

    before, buried = everything(), len(list(vault.tombstones()))
    others = Entry.objects.exclude(action__startswith="controls.")
    entries = set(others.values_list("pk", flat=True))
    assert found() == ("PROVED", "")
    assert everything() == before
    assert set(others.values_list("pk", flat=True)) == entries
    assert len(list(vault.tombstones())) == buried + 1
    assert destroying.replay_ledger(at=NOW) == 0
