"""The button «Something has happened»: broken for real, and mended again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection

from tryggve.accounts import sign_ins
from tryggve.accounts.models import SignIn, User
from tryggve.audit.models import Entry
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.services import reports
from tryggve.domains.incidents.tests.telling import tell
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.tests.sending import lead_to

pytestmark = pytest.mark.django_db

# The door that the made-up colleague goes through has a clock of its own.
NOW = datetime.now(UTC)


def _measured(at: datetime = NOW) -> tuple[str, object]:
    with time_machine.travel(at, tick=False):
        row = here.measure("INC-03", at=at)
    return row.verdict or row.cause, row.facts.get("wrong")


@pytest.fixture
def firm_with_mail(karin: User) -> None:
    lead_to(9)


def _rows() -> list[int]:
    return [model.objects.count() for model in (Report, OutboxMessage, User, Session, SignIn)]


@pytest.mark.usefixtures("firm_with_mail")
def test_a_button_that_works_is_proved_and_leaves_nothing(bo: User) -> None:
    rows, entries = _rows(), Entry.objects.filter(action__startswith="incidents").count()
    assert _measured() == ("PROVED", None)
    assert (_rows(), Entry.objects.filter(action__startswith="incidents").count()) == (rows, entries)


@pytest.mark.usefixtures("firm_with_mail")
def test_without_anybody_to_reach_it_fails_until_there_is_somebody(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert _measured() == ("FAILING", "nobody")
    User.objects.filter(pk=karin.pk).update(is_active=True)
    assert _measured() == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
def test_without_a_mailbox_it_fails_until_there_is_one(karin: User) -> None:
    MailServer.objects.all().delete()
    assert _measured() == ("FAILING", "no-mail")
    lead_to(9)
    assert _measured() == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
def test_reports_that_a_database_throws_away_fail_until_it_keeps_them() -> None:
    make, drop = _TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        for statement in make:
            cursor.execute(statement)
    assert _measured() == ("FAILING", "button")
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert _measured() == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
@pytest.mark.parametrize("told", ["by_ref", "last_seen_at"])
def test_a_database_that_notes_who_told_it_fails_until_it_doesnt(bo: User, told: str) -> None:
    make, drop = _TELLTALES[told][connection.vendor]
    with connection.cursor() as cursor:
        for statement in make:
            cursor.execute(statement)
    assert _measured() == ("FAILING", "not-hidden")
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert _measured() == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
def test_a_door_that_notes_who_was_there_then_fails_until_it_doesnt(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sign_ins, "is_unseen", lambda _request: False)
        assert _measured() == ("FAILING", "not-hidden")
    assert _measured() == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
def test_a_report_that_waits_for_a_day_fails_until_somebody_sees_to_it(bo: User, karin: User) -> None:
    report = tell(bo, at=NOW)
    assert _measured(NOW + timedelta(hours=23)) == ("PROVED", None)
    late = NOW + timedelta(hours=24)
    assert _measured(late) == ("FAILING", "late")
    services.attest(control="INC-03", by=karin, note="", until=None, at=late)
    assert _measured(late) == ("FAILING", "late")
    standing = selectors.protection("INC-03", now=late).standing
    assert (standing.state, standing.disagrees) == (State.FAILING, True)
    reports.receive(report=report, actor=karin.actor, at=late)
    assert _measured(late) == ("PROVED", None)


@pytest.mark.usefixtures("firm_with_mail")
def test_facts_tell_how_soon_reports_were_seen_to(bo: User, karin: User) -> None:
    for minutes in (5, 15, 300):
        report = tell(bo, at=NOW)
        reports.receive(report=report, actor=karin.actor, at=NOW + timedelta(minutes=minutes))
    tell(None, at=NOW)
    later = NOW + timedelta(hours=6)
    with time_machine.travel(later, tick=False):
        facts = here.measure("INC-03", at=later).facts
    wanted = {"people": 1, "reports": 4, "open": 1, "late": 0, "minutes": 15, "is_hidden": True}
    assert facts == wanted


def test_a_bare_firm_fails(anna: User) -> None:
    assert _measured() == ("FAILING", "no-mail")


_TRIGGERS = {
    "sqlite": (
        [
            "CREATE TRIGGER thrown_away AFTER INSERT ON incidents_report"
            " BEGIN DELETE FROM incidents_report WHERE id = NEW.id; END"
        ],
        "DROP TRIGGER thrown_away",
    ),
    "postgresql": (
        [
            "CREATE FUNCTION throw_away() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER thrown_away BEFORE INSERT ON incidents_report"
            " FOR EACH ROW EXECUTE FUNCTION throw_away()",
        ],
        "DROP FUNCTION throw_away CASCADE",
    ),
}
_DROP_TELLTALE = {"sqlite": "DROP TRIGGER telltale", "postgresql": "DROP FUNCTION tell_on CASCADE"}
_UNNAMED = (
    "UPDATE incidents_report SET by_ref = (SELECT id FROM accounts_user LIMIT 1)"
    " WHERE id = NEW.id AND by_ref IS NULL;"
)
_SEEN = "UPDATE accounts_signin SET last_seen_at = NEW.told_at WHERE NEW.by_ref IS NULL;"


def _telltale(does: str) -> dict[str, tuple[list[str], str]]:
    """A trigger that tells on whoever told it without a name; how it is made, and taken away."""
    made = {
        "sqlite": [f"CREATE TRIGGER telltale AFTER INSERT ON incidents_report BEGIN {does} END"],
        "postgresql": [
            f"CREATE FUNCTION tell_on() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {does} RETURN NEW; END'",
            "CREATE TRIGGER telltale AFTER INSERT ON incidents_report"
            " FOR EACH ROW EXECUTE FUNCTION tell_on()",
        ],
    }
    return {vendor: (made[vendor], _DROP_TELLTALE[vendor]) for vendor in made}


_TELLTALES = {
    "by_ref": _telltale(_UNNAMED),
    "last_seen_at": _telltale(_SEEN),
}
