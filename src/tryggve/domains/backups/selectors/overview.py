"""Whether everything can be got back, and what the last thirty days were like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tryggve.accounts import clock
from tryggve.controls.models import Probe
from tryggve.controls.registry import Verdict
from tryggve.domains.backups.models import Copy, RestoreTest, Run, Shredding
from tryggve.domains.backups.selectors import shredding, taken
from tryggve.domains.backups.selectors.shown_places import NOT_HERE

DAYS: Final = 30
# One a week, and a day to spare.
_TEST_LASTS: Final = timedelta(days=8)
_NOT_ENDED: Final = (Run.State.WAITING, Run.State.RUNNING)
_TEST_NOT_ENDED: Final = (RestoreTest.State.WAITING, RestoreTest.State.RUNNING)
# What the controls of taken and of restored backups find wrong with copies that lie somewhere.
_CONTROLS: Final = ("BAK-01", "BAK-02")
_GONE: Final = frozenset({"copy-gone", "copy-incomplete", "keys-lost"})
_KEYS_MISSING: Final = "keys-missing"
_WHOLE: Final = (Run.Why.DUE, Run.Why.ASKED, Run.Why.UPGRADE)


class Answer(StrEnum):
    """What can be said when somebody asks whether everything can be got back."""

    PROVEN = "proven"
    NO_COPY = "no-copy"
    NO_KEYS = "no-keys"
    KEYS_MISSING = "keys-missing"
    COPY_GONE = "copy-gone"
    NOT_REACHED = "not-reached"
    COPY_TOO_OLD = "copy-too-old"
    NOT_TESTED = "not-tested"
    TEST_FAILED = "test-failed"
    TEST_TOO_OLD = "test-too-old"


class Erased(StrEnum):
    """Whether those who were erased are gone from the backups, too."""

    PROVEN = "proven"
    WAITS = "waits"
    FAILED = "failed"
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer with what it rests on; ``erased_at`` is when it was proven, or found not to be so.

    Of a proof that waits it is until when at the most.
    """

    answer: Answer
    newest: Run | None
    under_way: Run | None
    last_failed: Run | None
    suspicious: Run | None
    test: RestoreTest | None
    test_under_way: RestoreTest | None
    erased: Erased
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the drawing; ``tone`` is good, danger or nothing."""

    on: date
    copies: str
    tests: str


@dataclass(frozen=True, slots=True)
class Month:
    """The last thirty days, the oldest first, and what a sentence tells of them."""

    days: Sequence[Day]
    days_with_copy: int
    days_failed: int
    tests_passed: int
    tests_failed: int


def standing(*, now: datetime, founded: UUID | None) -> Standing:
    """As it is now. ``founded`` is the newest test that the log bears out: another that passed is no yes.

    Eight questions at most, and nine where there is no pair.
    """
    whole = taken.not_ahead(Run.objects.filter(why__in=_WHOLE), at=now)
    newest, is_reached = _newest(now)
    latest = whole.exclude(state__in=_NOT_ENDED).first()
    tests = RestoreTest.objects.select_related("place", "run").filter(began_at__lte=now + clock.MOST_AHEAD)
    test = tests.filter(state__in=[RestoreTest.State.PASSED, RestoreTest.State.FAILED]).first()
    erased, erased_at = _erased(now)
    return Standing(
        answer=_lacking(newest, latest, now) or _answer(newest, test, founded, now, is_reached=is_reached),
        newest=newest,
        under_way=Run.objects.filter(state__in=_NOT_ENDED).order_by("state", "began_at").first(),
        last_failed=latest if latest and latest.state == Run.State.FAILED else None,
        suspicious=taken.unanswered().first(),
        test=test,
        test_under_way=tests.filter(state__in=_TEST_NOT_ENDED).first(),
        erased=erased,
        erased_at=erased_at,
    )


def month(*, now: datetime) -> Month:
    """Two questions."""
    since = now - timedelta(days=DAYS)
    runs = Run.objects.filter(why__in=_WHOLE, began_at__gte=since).order_by("began_at")
    tests = RestoreTest.objects.filter(began_at__gte=since).order_by("began_at")
    copied, tested = (
        _by_day(runs.values_list("began_at", "state")),
        _by_day(tests.values_list("began_at", "state")),
    )
    today = timezone.localdate(now)
    on = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    days = [Day(one, _tone_of_copies(copied.get(one, ())), _tone_of_tests(tested.get(one, ()))) for one in on]
    all_tests = [state for states in tested.values() for state in states]
    return Month(
        days,
        sum(one.copies == "good" for one in days),
        sum(one.copies == "danger" for one in days),
        all_tests.count(RestoreTest.State.PASSED),
        all_tests.count(RestoreTest.State.FAILED),
    )


def ended_tests() -> QuerySet[RestoreTest]:
    """Those that came to an end, the newest first."""
    return RestoreTest.objects.exclude(state__in=_TEST_NOT_ENDED)


def _lacking(newest: Run | None, latest: Run | None, now: datetime) -> Answer | None:
    """What is no yes whatever a test came to: that what it restored isn't there any more, or lacks keys."""
    if newest is None:
        return _without_a_pair(now)
    failing = Probe.objects.filter(control__in=_CONTROLS, conclusive__verdict=Verdict.FAILING)
    wrong = set(failing.values_list("conclusive__facts__wrong", flat=True))
    if _KEYS_MISSING in wrong or (latest is not None and latest.cause == _KEYS_MISSING):
        return Answer.KEYS_MISSING
    return Answer.COPY_GONE if wrong & _GONE else None


def _without_a_pair(now: datetime) -> Answer:
    if taken.whole(at=now).exists():
        return Answer.COPY_TOO_OLD  # by a clock that was ahead: nobody knows how old
    return Answer.NO_KEYS if taken.lying(Copy.Kind.DATA).exists() else Answer.NO_COPY


def _answer(
    newest: Run | None, test: RestoreTest | None, founded: UUID | None, now: datetime, *, is_reached: bool
) -> Answer:
    if test is not None and test.state == RestoreTest.State.FAILED:
        return Answer.TEST_FAILED
    if newest is None or not clock.is_within(taken.SILENT_AFTER, newest.began_at, at=now):
        return Answer.COPY_TOO_OLD
    if test is None or test.pk != founded:
        return Answer.NOT_TESTED
    if not clock.is_within(_TEST_LASTS, test.began_at, at=now):
        return Answer.TEST_TOO_OLD
    return Answer.PROVEN if is_reached else Answer.NOT_REACHED


def _newest(now: datetime) -> tuple[Run | None, bool]:
    """The newest pair, and whether some place has its data, and some has keys that read them.

    A disk that was carried away has them, too.
    """
    can_be_had = Q(place__trouble="") | Q(place__is_carried=True, place__trouble__in=NOT_HERE)
    pairs = taken.not_ahead(taken.whole(at=now), at=now).annotate(
        has_data=Exists(taken.data_of(OuterRef("pk")).filter(can_be_had)),
        has_keys=Exists(taken.keys_since(at=now).filter(can_be_had)),
    )
    found = pairs.first()
    return found, found is not None and found.has_data and found.has_keys


def _erased(now: datetime) -> tuple[Erased, datetime | None]:
    """Two questions at most."""
    match shredding.state_of_proof(now):
        case shredding.Failed(at):
            return Erased.FAILED, at
        case shredding.Proven(at=at):
            return Erased.PROVEN, at
        case shredding.Pending(until=until):
            return Erased.WAITS, until
        case _:
            is_begun = Shredding.objects.filter(lost_at=None).exists()
            return (Erased.WAITS if is_begun else Erased.NOT_TRIED), None


def _by_day(rows: Iterable[tuple[datetime, str]]) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for at, state in rows:
        found.setdefault(timezone.localdate(at), []).append(state)
    return found


def _tone_of_copies(states: Iterable[str]) -> str:
    """A day on which one of several was taken is a good one."""
    told = set(states)
    if Run.State.DONE in told:
        return "good"
    return "danger" if Run.State.FAILED in told else ""


def _tone_of_tests(states: Iterable[str]) -> str:
    """One that failed outweighs those that passed."""
    told = set(states)
    if RestoreTest.State.FAILED in told:
        return "danger"
    return "good" if RestoreTest.State.PASSED in told else ""
