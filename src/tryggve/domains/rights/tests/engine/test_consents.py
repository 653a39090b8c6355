"""Whether a consent holds: only when nothing speaks against it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine import consents
from tryggve.domains.rights.engine.consents import Event, Kind, State, holds, standing

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
NOES = ("REFUSED", "WITHDRAWN", "EXPIRED")


def event(kind: Kind, day: int, *, recorded: int | None = None, **other: object) -> Event:
    """On that day after Monday, written down at once or on the day that is told."""
    at = MONDAY + day * DAY
    made = Event(kind, at, at if recorded is None else MONDAY + recorded * DAY)
    return replace(made, **other)  # type: ignore[arg-type]


GIVEN = event("GIVEN", 0)


def test_consent_that_was_given_holds_from_then_on() -> None:
    assert [holds([GIVEN], MONDAY + timedelta(seconds=one)) for one in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize("kind", NOES)
def test_any_no_ends_it_at_once(kind: Kind) -> None:
    no = event(kind, 3)
    assert not holds([GIVEN, no], no.happened_at)


def test_end_by_time_ends_it_no_sooner() -> None:
    end = event("EXPIRED", 3)
    assert holds([GIVEN, end], end.happened_at - timedelta(seconds=1))


@pytest.mark.parametrize("kind", ["REFUSED", "WITHDRAWN"])
def test_no_written_down_by_a_clock_that_was_ahead_counts_after_it_was_put_right(kind: Kind) -> None:
    assert not holds([GIVEN, event(kind, 3)], MONDAY + DAY)


def test_yes_said_by_a_clock_that_was_ahead_waits_for_its_time() -> None:
    assert not holds([event("GIVEN", 3)], MONDAY + DAY)


def test_withdrawal_that_is_written_down_later_counts_from_when_it_was_said() -> None:
    assert not holds([GIVEN, event("WITHDRAWN", 3, recorded=9)], MONDAY + 4 * DAY)


def test_withdrawal_dated_later_than_it_was_written_down_counts_at_once() -> None:
    assert not holds([GIVEN, event("WITHDRAWN", 30, recorded=3)], MONDAY + 4 * DAY)


def test_consent_on_paper_counts_when_it_was_written_down() -> None:
    late = event("GIVEN", 0, recorded=5)
    assert [holds([late], MONDAY + day * DAY) for day in (4, 5)] == [False, True]


@pytest.mark.parametrize(
    "no", [event("WITHDRAWN", 3), event("WITHDRAWN", 0), event("WITHDRAWN", -1, recorded=6)]
)
def test_yes_and_no_in_no_clear_order_count_as_no(no: Event) -> None:
    assert not holds([event("GIVEN", 0, recorded=5), no], MONDAY + 9 * DAY)


def test_yes_after_a_no_holds() -> None:
    assert holds([GIVEN, event("WITHDRAWN", 3), event("GIVEN", 4)], MONDAY + 5 * DAY)


def test_yes_to_nobody_knows_which_words_is_none() -> None:
    assert standing([replace(GIVEN, has_text=False)], MONDAY + DAY).state is State.UNCLEAR


def test_consent_for_a_time_ends_by_itself() -> None:
    end = MONDAY + 3 * DAY
    given_for = replace(GIVEN, holds_until=end)
    assert [holds([given_for], end + timedelta(seconds=one)) for one in (-1, 0)] == [True, False]
    assert standing([given_for], end) == consents.Standing(State.EXPIRED, end)


def test_renewal_prolongs_what_holds_and_revives_nothing() -> None:
    given_for = replace(GIVEN, holds_until=MONDAY + 3 * DAY)
    assert holds([given_for, event("RENEWED", 2)], MONDAY + 9 * DAY)
    assert not holds([given_for, event("RENEWED", 4)], MONDAY + 9 * DAY)
    assert not holds([event("RENEWED", 4)], MONDAY + 9 * DAY)
    assert not holds([given_for, event("WITHDRAWN", 1), event("RENEWED", 2)], MONDAY + 9 * DAY)


def test_asking_changes_nothing() -> None:
    assert not holds([event("ASKED", 0)], MONDAY + DAY)
    assert holds([GIVEN, event("ASKED", 2)], MONDAY + 3 * DAY)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.NOTHING),
        ([event("ASKED", 0)], State.ASKED),
        ([GIVEN], State.HOLDS),
        ([event("REFUSED", 0)], State.REFUSED),
        ([GIVEN, event("WITHDRAWN", 1)], State.WITHDRAWN),
        ([GIVEN, event("EXPIRED", 1)], State.EXPIRED),
        ([event("WITHDRAWN", 1), event("GIVEN", 2, recorded=0)], State.UNCLEAR),
    ],
)
def test_standing_is_told_in_one_word(events: list[Event], state: State) -> None:
    assert standing(events, MONDAY + 5 * DAY).state is state


TIMES = st.integers(-20, 20).map(lambda days: MONDAY + days * DAY)
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(get_args(Kind)),
    happened_at=TIMES,
    recorded_at=TIMES,
    has_text=st.booleans(),
    holds_until=st.none() | TIMES,
)


@given(st.lists(EVENTS, max_size=8), TIMES)
def test_order_in_which_rows_are_read_doesn_t_matter(events: list[Event], at: datetime) -> None:
    assert holds(events, at) == holds(events[::-1], at)


@given(st.lists(EVENTS, max_size=8), TIMES, st.sampled_from(NOES))
def test_no_that_is_said_now_always_ends_it(events: list[Event], at: datetime, kind: Kind) -> None:
    assert not holds([*events, Event(kind, at, at)], at)


@given(st.lists(EVENTS, max_size=8), EVENTS, TIMES)
def test_one_more_no_never_makes_a_yes(events: list[Event], one: Event, at: datetime) -> None:
    if one.kind in NOES:
        assert holds(events, at) >= holds([*events, one], at)


@given(st.lists(EVENTS, max_size=8), TIMES)
def test_without_a_yes_before_it_nothing_holds(events: list[Event], at: datetime) -> None:
    yes = [
        one for one in events
        if one.kind in ("GIVEN", "RENEWED") and one.has_text and max(one.happened_at, one.recorded_at) <= at
    ]  # fmt: skip
    if not any(one.kind == "GIVEN" for one in yes):
        assert not holds(events, at)


@given(st.lists(EVENTS, max_size=8), TIMES)
def test_what_holds_is_later_than_every_no(events: list[Event], at: datetime) -> None:
    noes = [one.happened_at for one in events if one.kind in NOES and one.happened_at <= at]
    found = standing(events, at)
    if found.state is State.HOLDS and noes:
        assert found.since is not None
        assert found.since > max(noes)
