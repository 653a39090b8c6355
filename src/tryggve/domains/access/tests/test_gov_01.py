"""One answers for security and another steps in: each condition broken, found, mended, and found mended."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tryggve.accounts import leaving, people
from tryggve.accounts.models import Device, User
from tryggve.accounts.policy import reach_of
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit.models import Entry
from tryggve.controls import services as controls
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.access.models import Standby
from tryggve.domains.access.selectors import captains
from tryggve.domains.access.services import leaving_steps
from tryggve.domains.access.services import standby as services
from tryggve.domains.access.tests import factors, measured

pytestmark = pytest.mark.django_db
GOV = "GOV-01"
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def _is_here(user: User, at: datetime) -> None:
    Device.objects.update_or_create(
        user=user,
        token_hash=f"hash of {user.pk}"[:64],
        defaults={"browser": "Firefox", "first_seen_at": at, "last_seen_at": at},
    )


@pytest.fixture
def both(anna: User, bo: User, now: datetime) -> tuple[User, User]:
    """Anna answers, as the only owner; Bo steps in; both have a second factor and were here today."""
    for user in (anna, bo):
        factors.telephone_of(user)
        _is_here(user, now)
    services.choose(person=bo.pk, by=anna, at=now)
    return anna, bo


def test_two_people_who_are_there_are_observed(both: object, now: datetime) -> None:
    found = here.measure(GOV, at=now + 2 * DAY)

    assert found.verdict == "OBSERVED"
    assert found.facts == {
        "captains": 1,
        "has_deputy": True,
        "captain_days": 2,
        "deputy_days": 2,
        "lists_open": 0,
    }


def test_without_a_deputy_it_fails_whatever_anybody_says(anna: User, bo: User, now: datetime) -> None:
    for user in (anna, bo):
        factors.telephone_of(user)
        _is_here(user, now)
    assert measured.outcome(GOV, now) == "FAILING no-deputy"
    controls.attest(control=GOV, by=anna, note="Bo knows.", until=None, at=now)
    assert measured.state(GOV, now) == State.FAILING

    services.choose(person=bo.pk, by=anna, at=now)
    assert measured.outcome(GOV, now) == "OBSERVED"


@pytest.mark.parametrize(("which", "wrong"), [(0, "captain-factor"), (1, "deputy-factor")])
def test_one_without_a_second_step_is_found(
    both: tuple[User, User], now: datetime, which: int, wrong: str
) -> None:
    Authenticator.objects.filter(user=both[which]).delete()
    assert measured.outcome(GOV, now) == f"FAILING {wrong}"

    factors.telephone_of(both[which])
    assert measured.outcome(GOV, now) == "OBSERVED"


@pytest.mark.parametrize(("which", "wrong"), [(0, "captain-away"), (1, "deputy-away")])
def test_one_who_has_not_been_here_for_long_is_found(
    both: tuple[User, User], now: datetime, which: int, wrong: str
) -> None:
    later = now + 31 * DAY
    _is_here(both[1 - which], later)
    assert measured.outcome(GOV, later) == f"FAILING {wrong}"

    _is_here(both[which], later)
    assert measured.outcome(GOV, later) == "OBSERVED"


def test_the_owner_answers_only_as_long_as_nobody_is_captain(
    both: tuple[User, User], karin: User, now: datetime
) -> None:
    assert measured.outcome(GOV, now) == "FAILING captain-factor"

    factors.telephone_of(karin)
    _is_here(karin, now)
    assert measured.outcome(GOV, now) == "OBSERVED"


def test_a_deputy_who_becomes_the_only_captain_is_not_two_people(
    both: tuple[User, User], now: datetime
) -> None:
    anna, bo = both
    people.change_role(person=bo.pk, role=Role.CAPTAIN, by=anna, at=now)

    assert measured.outcome(GOV, now) == "FAILING no-captain"

    services.choose(person=anna.pk, by=anna, at=now)
    assert measured.outcome(GOV, now) == "OBSERVED"


def test_a_deputy_who_only_reads_steps_in_for_nobody(both: tuple[User, User], now: datetime) -> None:
    people.change_role(person=both[1].pk, role=Role.AUDITOR, by=both[0], at=now)

    assert measured.outcome(GOV, now) == "FAILING no-deputy"


def test_somebody_outside_steps_in_for_who_works_alone_and_sees_no_customer(
    anna: User, bo: User, now: datetime
) -> None:
    """As the page advises: an employee with own customers only."""
    for user in (anna, bo):
        factors.telephone_of(user)
        _is_here(user, now)
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=now)
    services.choose(person=bo.pk, by=anna, at=now)
    assert measured.outcome(GOV, now) == "OBSERVED"

    people.make_deputy(person=bo.pk, starts=now, ends=now + 7 * DAY, by=anna, at=now)
    bo.refresh_from_db()
    bo.note_time(now)
    assert bo.level_in(Area.LOG) == Level.CHANGE
    assert [reach_of(bo).covers(responsible) for responsible in (anna.pk, None)] == [False, False]


def test_a_deputy_who_leaves_leaves_the_task(both: tuple[User, User], karin: User, now: datetime) -> None:
    anna, bo = both
    left = leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)

    assert left.handed_over["access.standby"] == 1
    assert not Standby.objects.exists()
    assert Entry.objects.filter(action="access.standby-ended", subject=bo.pk).count() == 1
    assert measured.outcome(GOV, now) == "FAILING no-deputy"


def test_the_deputy_stays_when_somebody_else_leaves(
    both: tuple[User, User], karin: User, now: datetime
) -> None:
    left = leaving.leave(person=karin.pk, successor=both[0].pk, by=both[0], at=now)

    assert left.handed_over["access.standby"] == 0
    assert captains.standby_id() == both[1].pk


def test_a_list_that_nobody_went_through_is_found(
    both: tuple[User, User], karin: User, now: datetime
) -> None:
    anna, bo = both
    leaving.leave(person=karin.pk, successor=anna.pk, by=anna, at=now)
    assert measured.outcome(GOV, now + 14 * DAY) == "OBSERVED"
    assert measured.outcome(GOV, now + 15 * DAY) == "FAILING not-handed-over"

    for step in karin.leaving_steps.all():
        leaving_steps.mark(person=karin.pk, code=step.code, is_done=True, by=bo, at=now + 15 * DAY)
    assert measured.outcome(GOV, now + 15 * DAY) == "OBSERVED"


def test_the_only_one_who_answers_steps_in_for_nobody(anna: User, bo: User, now: datetime) -> None:
    with pytest.raises(services.CannotStandBy):
        services.choose(person=anna.pk, by=anna, at=now)

    assert [pk for pk, _name in captains.may_stand_by()] == [bo.pk]


def test_choosing_the_same_again_is_no_news(both: tuple[User, User], now: datetime) -> None:
    services.choose(person=both[1].pk, by=both[0], at=now + DAY)

    assert Entry.objects.filter(action="access.standby-chosen").count() == 1


def test_before_there_is_a_company_it_is_unknown(db: None, now: datetime) -> None:
    assert measured.outcome(GOV, now) == "not-begun"
