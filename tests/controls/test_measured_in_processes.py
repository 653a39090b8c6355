"""Measured the real way, in a process forked for it, with its own way to keys, files, doors and the net."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests import commands
from tests.cast import CILLA
from tests.evidence import measured
from tests.evidence.test_dat_05 import tell
from tests.evidence.test_pol_02 import Door, door
from tryggve.accounts.models import User
from tryggve.controls import starting, turns
from tryggve.controls.models import Evidence, Probe
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.incidents.models import Report, TrialAlert
from tryggve.domains.incidents.services import trials
from tryggve.domains.protection.tests.routines import begin, make_late, open_turn
from tryggve.domains.rights.services.purposes import records
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm
from tryggve.lib.folders import Folders
from tryggve.notices import services as mail
from tryggve.notices.models import Security
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.routines.duties.services import doing, meetings
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "door", "keeper", "office", "ring", "where"]

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
    _let_be_due([control])
    starting.measure_and_wait()
    return Evidence.objects.filter(control=control).latest("pk")


def _let_be_due(controls: Collection[str]) -> None:
    """These and no others."""
    now = timezone.now()
    turns.plan(now=now)
    Probe.objects.exclude(control__in=controls).update(due_at=now + timedelta(days=1))
    Probe.objects.filter(control__in=controls).update(due_at=now)


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


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def _publish(door: Door, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The notice is read at the door, and the record of what is done was kept last night."""
    monkeypatch.setenv("TRYGGVE_ORIGIN", f"http://127.0.0.1:{door.port}")
    purposes.choose()
    purposes.choose("customer-news")
    purposes.write_details()
    purposes.publish("sv", "da", at=now)
    door.show_what_the_product_shows("sv", "da")
    records.keep_version(at=now)
    measured.worked("rights.keep-record", at=now)


def _meet(people: Collection[User], now: datetime) -> None:
    """Everybody says that they were there; and one routine is done."""
    begin(*people, at=now)
    [karin, *_others] = people
    meeting = meetings.make_agenda(told={}, tells_from=now - timedelta(days=90), by=karin, at=now)
    meetings.hold(meeting=meeting, on=timezone.localdate(now), by=karin, at=now)
    for person in people:
        meetings.confirm(meeting=meeting, by=person, at=now)
    doing.done(turn=open_turn("check-tools").pk, by=karin, outcome=doing.Outcome.WELL, at=now)


def test_what_is_told_written_and_met_about_is_read_within_its_limits(
    karin: User, bo: User, office: PostOffice, door: Door, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    Firm.objects.update(claimed_at=now - timedelta(days=200))
    _publish(door, monkeypatch, now)
    add(CILLA)
    tell(office, now)
    _meet([karin, bo], now)
    wanted = {"POL-02": "PROVED", **dict.fromkeys(("POL-03", "DAT-05", "GOV-02", "GOV-04"), "OBSERVED")}
    _let_be_due(wanted)
    starting.measure_and_wait()
    assert {one.control: one.verdict or one.cause for one in Evidence.objects.all()} == wanted


def test_the_command_waits_for_what_the_processes_find(
    karin: User, bo: User, database_in_its_place: None, now: datetime
) -> None:
    begin(karin, bo, at=now)
    turn = open_turn("install-updates")
    make_late(turn, days=8, today=timezone.localdate(now))
    assert _asked("gov-04") == (1, {"GOV-04": "failing"})

    doing.done(turn=turn.pk, by=karin, outcome=doing.Outcome.WELL, at=now)
    assert _asked("gov-04") == (0, {"GOV-04": "observed"})
    assert list(Evidence.objects.values_list("control", flat=True)) == ["GOV-04"] * 2


def _asked(*controls: str) -> tuple[int, dict[str, str]]:
    """Of ``controls measure``: the exit status, and how each stands."""
    _let_be_due([])
    status, said = commands.run("protection", "controls", "measure", *controls, "--json")
    return status, {one["id"]: one["state"] for one in json.loads(said)}


def _lead_to(office: PostOffice) -> None:
    mail.set_mail_server(
        host="localhost", port=office.port, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=timezone.now(),
    )  # fmt: skip
