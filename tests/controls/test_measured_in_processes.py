"""Measured the real way, in a process forked for it, with its own way to keys, files, doors and the net."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import CILLA
from tryggve.accounts.models import User
from tryggve.controls import starting, turns
from tryggve.controls.models import Evidence, Probe
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.incidents.models import Report, TrialAlert
from tryggve.domains.incidents.services import trials
from tryggve.lib.folders import Folders
from tryggve.notices import services as mail
from tryggve.notices.models import Security
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "office", "ring", "where"]

pytestmark = [
    pytest.mark.process,
    pytest.mark.usefixtures("keeper", "children"),
    pytest.mark.django_db(transaction=True),
]

_OF_A_DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    """What is started is the whole product, on the tests' database."""
    database = {name: connection.settings_dict[name] for name in _OF_A_DATABASE}
    monkeypatch.setenv("CHILD_DATABASE", json.dumps(database, default=str))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tryggve.domains.customers.tests.child_settings")
    yield
    for process in starting._started:
        starting.end(process)
    starting._started.clear()


def _measured(control: str) -> Evidence:
    now = timezone.now()
    turns.plan(now=now)
    Probe.objects.exclude(control=control).update(due_at=now + timedelta(days=1))
    Probe.objects.filter(control=control).update(due_at=now)
    starting.measure_and_wait()
    return Evidence.objects.filter(control=control).latest("pk")


def test_the_disk_is_searched_with_the_keys_of_the_register(chosen: Folders) -> None:
    add(CILLA)
    found = _measured("CRY-01")
    assert (found.verdict, found.facts["wrong"], found.facts["holes"]) == ("FAILING", "kit-untried", 1)
    left = chosen.logs / "list.csv"
    left.write_text("cilla@example.se")
    found = _measured("CRY-01")
    assert (found.facts["wrong"], found.facts["holes"]) == ("customers-readable", 2)
    assert Customer.objects.filter(state=Customer.State.PLANTED).count() == 0


def test_the_button_is_pressed_at_the_real_door(karin: User, office: PostOffice) -> None:
    _lead_to(office)
    assert (_measured("INC-03").verdict, Report.objects.count()) == ("PROVED", 0)


def test_the_mail_server_is_asked_over_the_net(karin: User, office: PostOffice) -> None:
    _lead_to(office)
    trials.send_due(at=timezone.now())
    assert _measured("MON-02").cause == "awaited"
    TrialAlert.objects.update(confirmed_at=timezone.now())
    assert _measured("MON-02").verdict == "PROVED"
    assert (office.desk.recipients, office.desk.taken) == (["karin@example.se"] * 2, [])


def test_the_kernel_is_asked_of_the_disk() -> None:
    found = _measured("CRY-03")
    assert found.verdict or found.cause in {"virtual", "cannot-tell"}


def _lead_to(office: PostOffice) -> None:
    mail.set_mail_server(
        host="localhost", port=office.port, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=timezone.now(),
    )  # fmt: skip
