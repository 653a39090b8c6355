"""Whether an alarm reaches somebody: broken for real, at a mail server on this computer, and mended again."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls import services as controls
from tryggve.controls.services import NotAttestable
from tryggve.controls.tests import here
from tryggve.domains.incidents import routines
from tryggve.domains.incidents.models import TrialAlert
from tryggve.domains.incidents.services import trials
from tryggve.notices import delivery
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.tests.post_office import DROP, PostOffice
from tryggve.notices.tests.sending import lead_to

pytestmark = pytest.mark.django_db

_DAY = timedelta(days=1)
_NOBODY_LISTENS = 1


@pytest.fixture
def desk(office: PostOffice, karin: User) -> PostOffice:
    """A mail server that Karin's mail goes through."""
    lead_to(office.port)
    return office


def _measured(at: datetime) -> tuple[str, object]:
    row = here.measure("MON-02", at=at)
    return row.verdict or row.cause, row.facts.get("wrong")


def _try(at: datetime) -> None:
    """What the worker does: the alarm is written, and leaves."""
    routines.try_alert(at)
    delivery.deliver_due(at=at)


def _link(office: PostOffice) -> str:
    text = office.desk.taken[-1].get_content()
    found = re.search(r"http://localhost:8000(/test-alarm/\S+/)", text)
    assert found
    return found[1]


def _confirm(office: PostOffice) -> None:
    assert Client().post(_link(office)).status_code == 200


def test_an_alarm_that_was_confirmed_is_proved_and_nobody_is_mailed_daily(
    desk: PostOffice, as_mallory: Client
) -> None:
    assert _measured(NOW) == ("awaited", None)
    _try(NOW)
    assert _measured(NOW) == ("awaited", None)
    _confirm(desk)
    for days in range(1, 30):
        _try(NOW + days * _DAY)
    assert _measured(NOW + 29 * _DAY) == ("PROVED", None)
    assert [mail["To"] for mail in desk.desk.taken] == ["karin@example.se"]


def test_opening_the_link_confirms_nothing(desk: PostOffice) -> None:
    _try(NOW)
    page = Client().get(_link(desk))
    assert (page.status_code, b"<button" in page.content) == (200, True)
    assert TrialAlert.objects.get().confirmed_at is None
    _confirm(desk)
    first = TrialAlert.objects.get().confirmed_at
    _confirm(desk)
    assert TrialAlert.objects.get().confirmed_at == first
    assert Entry.objects.filter(action="incidents.trial-confirmed").count() == 1


def test_a_link_that_leads_nowhere_says_so(desk: PostOffice) -> None:
    page = Client().post("/test-alarm/wrong/")
    assert (page.status_code, b"leads nowhere" in page.content) == (404, True)


def test_a_server_that_refuses_fails_until_it_takes_mail(desk: PostOffice) -> None:
    _try(NOW)
    _confirm(desk)
    taken = len(desk.desk.taken)
    desk.desk.answers = {"RCPT": "550 5.1.1 No such user"}
    assert _measured(NOW + _DAY) == ("FAILING", "refused")
    desk.desk.answers = {"MAIL": "553 5.7.1 Not your address"}
    assert _measured(NOW + _DAY) == ("FAILING", "refused")
    desk.desk.answers = {}
    assert _measured(NOW + _DAY) == ("PROVED", None)
    assert len(desk.desk.taken) == taken


def test_a_server_that_doesnt_answer_is_unknown(desk: PostOffice) -> None:
    desk.desk.answers = {"RCPT": "450 4.7.1 Come back later"}
    assert _measured(NOW) == ("no-answer", None)


def test_a_server_that_hangs_up_or_is_gone_fails(desk: PostOffice) -> None:
    desk.desk.answers = {"RCPT": DROP}
    assert _measured(NOW) == ("FAILING", "refused")
    lead_to(_NOBODY_LISTENS)
    assert _measured(NOW) == ("FAILING", "refused")


def test_an_alarm_that_nobody_confirms_fails_after_a_week_until_somebody_does(desk: PostOffice) -> None:
    _try(NOW)
    assert _measured(NOW + 7 * _DAY - timedelta(minutes=1)) == ("awaited", None)
    assert _measured(NOW + 7 * _DAY) == ("FAILING", "unconfirmed")
    trials.confirm(token=_link(desk).split("/")[2], at=NOW + 8 * _DAY)
    assert _measured(NOW + 8 * _DAY) == ("PROVED", None)


def test_the_next_months_alarm_has_a_week_too(desk: PostOffice) -> None:
    _try(NOW)
    trials.confirm(token=_link(desk).split("/")[2], at=NOW)
    later = NOW + 30 * _DAY
    _try(later)
    assert len(desk.desk.taken) == 2
    assert _measured(later + 6 * _DAY) == ("PROVED", None)
    assert _measured(later + 7 * _DAY) == ("FAILING", "unconfirmed")


def test_an_alarm_that_nobody_confirms_is_sent_anew_each_week_and_goes_on_failing(desk: PostOffice) -> None:
    for days in range(30):
        _try(NOW + days * _DAY)
    assert [alert.sent_at - NOW for alert in TrialAlert.objects.order_by("sent_at")] == [
        weeks * 7 * _DAY for weeks in range(5)
    ]
    assert _measured(NOW + 29 * _DAY) == ("FAILING", "unconfirmed")
    _try(NOW + 35 * _DAY)
    trials.confirm(token=_link(desk).split("/")[2], at=NOW + 36 * _DAY)
    assert _measured(NOW + 36 * _DAY) == ("PROVED", None)


def test_a_worker_that_stops_sending_alarms_fails(desk: PostOffice) -> None:
    _try(NOW)
    trials.confirm(token=_link(desk).split("/")[2], at=NOW)
    assert _measured(NOW + 37 * _DAY - timedelta(minutes=1)) == ("PROVED", None)
    assert _measured(NOW + 37 * _DAY) == ("FAILING", "unconfirmed")


def test_a_clock_that_was_set_back_sends_nothing_again_and_again(desk: PostOffice) -> None:
    MailServer.objects.update(changed_at=NOW + _DAY)
    for _time in range(3):
        _try(NOW)
    assert desk.desk.taken == []


def test_new_settings_want_a_new_alarm(desk: PostOffice) -> None:
    _try(NOW)
    trials.confirm(token=_link(desk).split("/")[2], at=NOW)
    changed = NOW + 3 * _DAY
    MailServer.objects.update(changed_at=changed)
    assert _measured(changed) == ("awaited", None)
    _try(changed)
    assert len(desk.desk.taken) == 2
    trials.confirm(token=_link(desk).split("/")[2], at=changed)
    assert _measured(changed) == ("PROVED", None)


def test_a_worker_that_sends_no_alarm_fails_after_a_week(desk: PostOffice) -> None:
    assert _measured(NOW + 7 * _DAY) == ("FAILING", "unconfirmed")


def test_each_whom_alarms_go_to_must_confirm(desk: PostOffice, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(role="CAPTAIN")
    _try(NOW)
    assert {mail["To"] for mail in desk.desk.taken} == {"karin@example.se", "bo@example.se"}
    _confirm(desk)
    assert _measured(NOW) == ("awaited", None)
    assert _measured(NOW + 7 * _DAY) == ("FAILING", "unconfirmed")
    TrialAlert.objects.update(confirmed_at=NOW)
    assert _measured(NOW) == ("PROVED", None)


def test_without_a_mailbox_it_fails_and_nothing_is_sent(anna: User) -> None:
    routines.try_alert(NOW)
    assert (_measured(NOW), OutboxMessage.objects.count()) == (("FAILING", "no-mail"), 0)


def test_without_anybody_it_fails(desk: PostOffice, karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert _measured(NOW) == ("FAILING", "nobody")


def test_a_password_that_can_not_be_opened_fails(desk: PostOffice) -> None:
    MailServer.objects.update(username="karin", password_sealed=b"damaged")
    assert _measured(NOW) == ("FAILING", "refused")


def test_nobodys_word_is_asked(desk: PostOffice, karin: User) -> None:
    with pytest.raises(NotAttestable):
        controls.attest(control="MON-02", by=karin, note="", until=None, at=NOW)


def test_facts_name_nobody(desk: PostOffice) -> None:
    _try(NOW)
    after_midnight_here = NOW.replace(hour=23, minute=30)
    trials.confirm(token=_link(desk).split("/")[2], at=after_midnight_here)
    facts = here.measure("MON-02", at=NOW + 2 * _DAY).facts
    confirmed_on = (NOW + _DAY).date().isoformat()
    assert facts == {"people": 1, "refused": 0, "unconfirmed": 0, "confirmed_on": confirmed_on}
