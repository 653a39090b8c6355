"""Each duty has its open turn, whatever happened meanwhile."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.routines.duties.catalogue import NoSuchDuty, duties
from tryggve.routines.duties.models import Choice, Turn
from tryggve.routines.duties.services import doing, planning
from tryggve.routines.duties.services.planning import NotCalled
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_days, open_turn

pytestmark = pytest.mark.django_db
SERVICE = "service:0195a000-0000-7000-8000-000000000001"


def _done(duty: str, day: date, by: User, about: str = "") -> None:
    turn = open_turn(duty, about).pk
    doing.done(turn=turn, by=by, outcome=Turn.Outcome.WELL, at=at(day))


@pytest.mark.usefixtures("planned")
def test_plan_gives_a_new_company_each_duty_once(anna: User, karin: User, bo: User) -> None:
    wanted = {
        (duty.code, about)
        for duty in duties().values()
        if duty.every and duty.from_people <= 3
        for about in ([anna.actor, karin.actor, bo.actor] if duty.for_each_person else [""])
    }
    assert set(open_days()) == wanted
    assert open_days()["install-updates", ""] == MONDAY + 7 * DAY
    assert open_days()["train", bo.actor] == MONDAY + 35 * DAY
    assert min(open_days().values()) == MONDAY + 7 * DAY


def test_plan_before_anybody_works_here_is_nothing() -> None:
    planning.plan(at=NOW)
    assert not Turn.objects.exists()


@pytest.mark.usefixtures("planned")
def test_plan_again_changes_nothing() -> None:
    before = list(Turn.objects.order_by("pk").values())
    planning.plan(at=NOW + timedelta(hours=1))
    assert list(Turn.objects.order_by("pk").values()) == before


def test_plan_asks_one_person_for_nothing_that_takes_two(anna: User) -> None:
    planning.plan(at=NOW)
    assert {duty for duty, _about in open_days()} == {
        duty.code for duty in duties().values() if duty.every and duty.from_people == 1
    }


def test_plan_asks_more_of_eleven_and_less_again_of_ten(anna: User) -> None:
    for number in range(10):
        accounts.create_user(email=f"{number}@example.se", password=None, name="B", language="sv")
    planning.plan(at=NOW)
    assert {("test-phishing", ""), ("order-penetration-test", "")} <= set(open_days())

    User.objects.filter(email="0@example.se").update(is_active=False)
    planning.plan(at=NOW)
    assert {"test-phishing", "order-penetration-test"} & {duty for duty, _about in open_days()} == set()


def test_auditor_and_supplier_have_no_turns(anna: User) -> None:
    for role in (Role.AUDITOR, Role.SUPPLIER):
        accounts.create_user(email=f"{role}@example.se", password=None, name="X", language="sv", role=role)
    planning.plan(at=NOW)
    assert {about for _duty, about in open_days()} == {"", anna.actor}
    assert "talk-security" not in {duty for duty, _about in open_days()}


@pytest.mark.usefixtures("planned")
def test_scheduler_off_for_months_leaves_one_turn_each(karin: User) -> None:
    planned = open_days()
    for hours in range(3):
        planning.plan(at=NOW + timedelta(days=200, hours=hours))
    assert open_days() == planned

    _done("install-updates", MONDAY + 200 * DAY, karin)
    planning.plan(at=NOW + timedelta(days=201))
    assert open_days()["install-updates", ""] == MONDAY + 214 * DAY
    assert Turn.objects.filter(duty="install-updates").count() == 2


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("done_on", "next_on"),
    [
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 3, 16), date(2026, 4, 16)),
        (date(2026, 3, 4), date(2026, 4, 4)),
        (date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_next_turn_counts_from_the_day_it_was_done(karin: User, done_on: date, next_on: date) -> None:
    assert open_days()["follow-threats", ""] == date(2026, 3, 16)
    _done("follow-threats", done_on, karin)
    assert open_days()["follow-threats", ""] == next_on
    planning.plan(at=at(done_on))
    assert open_days()["follow-threats", ""] == next_on


@pytest.mark.usefixtures("planned")
def test_day_is_the_companys_and_not_the_computers(karin: User) -> None:
    # Half past eleven in the evening of the 30th in London is half past midnight of the 31st in Stockholm.
    turn = open_turn("follow-threats").pk
    late = datetime.fromisoformat("2026-03-30T22:30:00+00:00")
    doing.done(turn=turn, by=karin, outcome=Turn.Outcome.WELL, at=late)
    assert Turn.objects.get(pk=turn).done_on == date(2026, 3, 31)


@pytest.mark.usefixtures("planned")
def test_clock_that_ran_ahead_is_made_good(karin: User) -> None:
    _done("review-policy", date(2031, 5, 1), karin)
    assert open_days()["review-policy", ""] == date(2032, 5, 1)

    planning.plan(at=NOW)
    assert open_days()["review-policy", ""] == MONDAY.replace(year=2027)
    assert open_turn("review-policy").opened_at == NOW


@pytest.mark.usefixtures("planned")
def test_clock_back_opens_nothing_twice_and_draws_nothing_out() -> None:
    before = open_days()
    planning.plan(at=NOW - timedelta(days=3))
    planning.plan(at=NOW)
    assert set(open_days()) == set(before)
    assert [place for place, due_on in open_days().items() if due_on > before[place]] == []


@pytest.mark.usefixtures("planned")
def test_leaver_calls_for_wifi_and_access_by_the_next_day(bo: User) -> None:
    left_on = MONDAY + 10 * DAY
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=at(left_on))
    planning.plan(at=at(left_on))
    days = open_days()
    assert (days["change-wifi", ""], days["review-access", ""]) == (left_on + DAY, left_on + DAY)
    assert bo.actor not in {about for _duty, about in days}


@pytest.mark.usefixtures("planned")
def test_leaver_calls_once(karin: User, bo: User) -> None:
    left_on = MONDAY + 10 * DAY
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=at(left_on))
    planning.plan(at=at(left_on))
    _done("change-wifi", left_on + DAY, karin)
    planning.plan(at=at(left_on + DAY, 12))
    assert open_days()["change-wifi", ""] == (left_on + DAY).replace(year=2027)


@pytest.mark.usefixtures("planned")
def test_leaver_of_a_day_to_come_calls_for_nothing(bo: User) -> None:
    planned = open_days()["change-wifi", ""]
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=NOW + 20 * DAY)
    planning.plan(at=NOW)
    assert open_days()["change-wifi", ""] == planned


@pytest.mark.usefixtures("planned")
def test_turns_of_who_comes_back_begin_anew(bo: User) -> None:
    _done("train", MONDAY, bo, bo.actor)
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=NOW)
    planning.plan(at=NOW)
    User.objects.filter(pk=bo.pk).update(is_active=True, left_at=None)
    back_on = MONDAY + 300 * DAY
    planning.plan(at=at(back_on))
    assert open_days()["train", bo.actor] == back_on + 7 * DAY


@pytest.mark.usefixtures("planned")
def test_duty_of_another_version_is_withdrawn_and_what_was_done_stays() -> None:
    gone = Turn.objects.create(duty="never-heard-of", opened_at=NOW, due_on=MONDAY)
    done = Turn.objects.create(
        duty="never-heard-of", opened_at=NOW, due_on=MONDAY, done_at=NOW, done_on=MONDAY, done_by="system"
    )
    planning.plan(at=NOW)
    gone.refresh_from_db()
    done.refresh_from_db()
    assert (gone.withdrawn_at, done.withdrawn_at) == (NOW, None)


@pytest.mark.usefixtures("planned")
def test_call_opens_a_turn_for_each_thing_once() -> None:
    first = planning.call(duty="assess-new-tool", about=SERVICE, actor="system", at=NOW)
    again = planning.call(duty="assess-new-tool", about=SERVICE, actor="system", at=NOW + DAY)
    other = planning.call(duty="assess-new-tool", about="", actor="system", at=NOW)
    assert (first == again, first == other) == (True, False)
    assert open_days()["assess-new-tool", SERVICE] == MONDAY + 3 * DAY
    entries = Entry.objects.filter(action="duties.called").order_by("pk")
    assert [entry.facts["turn"] for entry in entries] == [str(first), str(other)]

    planning.plan(at=NOW + DAY)
    assert {first, other} <= set(Turn.objects.open().values_list("pk", flat=True))


@pytest.mark.usefixtures("planned")
def test_what_was_called_for_and_done_has_no_next_turn(karin: User) -> None:
    planning.call(duty="assess-new-tool", about=SERVICE, actor="system", at=NOW)
    _done("assess-new-tool", MONDAY, karin, SERVICE)
    planning.plan(at=NOW)
    assert "assess-new-tool" not in {duty for duty, _about in open_days()}


@pytest.mark.parametrize(("duty", "refusal"), [("train", NotCalled), ("never-heard-of", NoSuchDuty)])
def test_call_of_what_no_event_calls_for_is_refused(duty: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        planning.call(duty=duty, about=SERVICE, actor="system", at=NOW)
    assert not Turn.objects.exists()


@pytest.mark.usefixtures("planned")
def test_database_refuses_a_second_open_turn() -> None:
    planned = Turn.objects.open().count()
    Turn.objects.bulk_create(
        [Turn(duty="install-updates", opened_at=NOW, due_on=MONDAY)], ignore_conflicts=True
    )
    assert Turn.objects.open().count() == planned


@pytest.mark.usefixtures("planned")
def test_switched_on_is_asked_for_though_few_work_here() -> None:
    Choice.objects.create(duty="test-phishing", is_on=True)
    planning.plan(at=NOW)
    assert open_days()["test-phishing", ""] == MONDAY + 84 * DAY
