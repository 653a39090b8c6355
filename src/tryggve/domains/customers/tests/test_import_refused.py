"""A confirmed import is brought in only while who said yes may still bring in lists."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import import_jobs, imports
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import in_force, people
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db(transaction=True)


def _confirmed(by: User) -> UUID:
    batch = imports.preview_file(name="a.csv", content=people(range(3)), source="", actor=by.actor, at=NOW)
    imports.confirm(batch=batch, actor=by.actor, at=NOW)
    return batch


def _demote(person: User) -> None:
    User.objects.filter(pk=person.pk).update(role=Role.EMPLOYEE)


def _work() -> None:
    assert jobs.run_next(owner="worker", now=timezone.now)


def _state(batch: UUID) -> str:
    return Import.objects.get(pk=batch).state


def test_import_ends_as_refused_with_nothing_in_the_register(karin: User) -> None:
    batch = _confirmed(karin)
    _demote(karin)
    _work()
    assert (_state(batch), in_force()) == ("REFUSED", {})
    ends = Entry.objects.filter(action__in=["accounts.refused", "customers.imported"])
    told = [(entry.action, entry.actor, entry.facts) for entry in ends]
    assert told == [
        ("accounts.refused", karin.actor, {"permission": "customers.import", "rule": "not-your-area"})
    ]


def test_what_an_import_wrote_before_it_was_killed_is_taken_away(karin: User) -> None:
    batch = _confirmed(karin)
    with power.cut_at(2):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    assert (_state(batch), Customer.objects.count()) == ("RUNNING", 3)
    _demote(karin)
    _work()
    assert (_state(batch), Customer.objects.count()) == ("REFUSED", 0)
    assert Import.objects.exclude(file_sealed=None).count() == 1


def test_page_says_so_and_another_may_say_yes(karin: User, as_anna: Client, as_karin: Client) -> None:
    batch = _confirmed(karin)
    _demote(karin)
    _work()
    place = f"/customers/import/{batch}/"
    assert as_karin.get(place).status_code == 403
    assert "whoever said yes to it may no longer bring in lists" in as_anna.get(place).content.decode()
    as_anna.post(f"{place}confirm/")
    _work()
    assert (_state(batch), len(in_force())) == ("DONE", 3)


def test_refused_import_can_be_forgotten(karin: User, as_anna: Client) -> None:
    batch = _confirmed(karin)
    _demote(karin)
    _work()
    as_anna.post(f"/customers/import/{batch}/cancel/")
    assert Import.objects.count() == 0
