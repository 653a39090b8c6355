"""Each rule of the policy, by a question that it alone decides."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.accounts.permissions import Permission
from tryggve.accounts.policy import RULES, Answer, Asker, Kind, Question, Session, decide
from tryggve.accounts.policy import rules as policy
from tryggve.accounts.roles import Area, Level

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # two o'clock in Stockholm
VIEW = Permission("planted.view", Area.CUSTOMERS, Level.READ)
EXPORT = Permission("planted.export", Area.EXPORT, Level.CHANGE, step_up=True)
SET_UP = Permission("planted.set-up", Area.OWN_SIGN_IN, Level.CHANGE, before_second_factor=True)

ANNA = Asker(Kind.PERSON, "user:anna", Level.CHANGE)
HERS = Session(
    is_recorded=True, age=60.0, idle=1.0, factor_age=60.0, is_own_device=True, is_known_network=True
)


def _ask(
    asked: Permission | None = VIEW,
    asker: Asker = ANNA,
    session: Session | None = HERS,
    at: datetime = NOON,
    *,
    is_public: bool = False,
) -> tuple[Answer, str]:
    decision = decide(Question(asker, asked, at, session, is_public))
    return decision.answer, decision.rule


def test_anna_opens_what_her_role_opens() -> None:
    assert _ask() == (Answer.ALLOW, "role-allows")
    assert _ask(EXPORT) == (Answer.ALLOW, "role-allows")


def test_public_page_is_open_to_nobody_in_particular() -> None:
    assert _ask(None, Asker(Kind.NOBODY, "anonymous"), None, is_public=True) == (Answer.ALLOW, "open-to-all")


def test_what_nobody_declared_is_refused_to_everybody() -> None:
    assert _ask(None) == (Answer.REFUSE, "not-declared")
    assert _ask(None, Asker(Kind.MACHINE, "machine:root", Level.CHANGE)) == (Answer.REFUSE, "not-declared")


@pytest.mark.parametrize(
    ("asker", "session", "rule"),
    [
        (Asker(Kind.NOBODY, "anonymous"), None, "not-signed-in"),
        (replace(ANNA, is_active=False), HERS, "account-closed"),
        (ANNA, None, "session-not-known"),
        (ANNA, replace(HERS, is_recorded=False), "session-not-known"),
        (ANNA, replace(HERS, age=policy.WHOLE_SESSION_SECONDS + 1), "session-too-old"),
        (ANNA, replace(HERS, idle=policy.IDLE_SECONDS + 1), "session-too-old"),
        (ANNA, replace(HERS, age=-policy.MOST_AHEAD_SECONDS - 1), "session-too-old"),
        (ANNA, replace(HERS, idle=-policy.MOST_AHEAD_SECONDS - 1), "session-too-old"),
        (ANNA, replace(HERS, is_own_device=False), "other-device"),
    ],
)
def test_who_must_sign_in(asker: Asker, session: Session | None, rule: str) -> None:
    assert _ask(VIEW, asker, session) == (Answer.SIGN_IN, rule)
    assert _ask(SET_UP, asker, session) == (Answer.SIGN_IN, rule)


def test_session_lasts_as_long_as_said() -> None:
    at_its_end = replace(HERS, age=policy.WHOLE_SESSION_SECONDS, idle=policy.IDLE_SECONDS)
    assert _ask(VIEW, ANNA, at_its_end) == (Answer.ALLOW, "role-allows")
    slack = -policy.MOST_AHEAD_SECONDS
    beside_a_clock_ahead = replace(HERS, age=slack, idle=slack, factor_age=slack)
    assert _ask(EXPORT, ANNA, beside_a_clock_ahead) == (Answer.ALLOW, "role-allows")


def test_password_alone_opens_nothing_but_setting_up_a_second_factor() -> None:
    alone = replace(HERS, factor_age=None)
    assert _ask(VIEW, ANNA, alone) == (Answer.SET_UP, "no-second-factor")
    assert _ask(EXPORT, ANNA, alone) == (Answer.SET_UP, "no-second-factor")
    assert _ask(SET_UP, ANNA, alone) == (Answer.ALLOW, "role-allows")


@pytest.mark.parametrize("level", [Level.NONE, Level.READ])
def test_area_that_is_not_open_so_far_is_refused(level: Level) -> None:
    assert _ask(EXPORT, replace(ANNA, level=level)) == (Answer.REFUSE, "not-your-area")


def test_refused_before_asked_again() -> None:
    """Who is asked for a second factor would think that it helps."""
    tired = replace(HERS, factor_age=9_999.0, is_known_network=False)
    assert _ask(EXPORT, replace(ANNA, level=Level.NONE), tired) == (Answer.REFUSE, "not-your-area")


@pytest.mark.parametrize(
    ("session", "at", "rule"),
    [
        (replace(HERS, is_known_network=False), NOON, "new-network"),
        (replace(HERS, country="DK"), NOON, "new-country"),
        (replace(HERS, country="DK", is_known_network=False), NOON, "new-country"),
        (replace(HERS, is_hosting=True), NOON, "hosting-network"),
        (replace(HERS, factor_age=policy.FRESH_FACTOR_SECONDS + 1), NOON, "factor-too-old"),
        (replace(HERS, factor_age=-policy.MOST_AHEAD_SECONDS - 1), NOON, "factor-too-old"),
        (replace(HERS, factor_age=-policy.MOST_AHEAD_SECONDS - 1), NIGHT, "at-night"),
        (replace(HERS, factor_age=policy.FRESH_FACTOR_AT_NIGHT_SECONDS + 1), NIGHT, "at-night"),
    ],
)
def test_step_up_is_asked_for_and_only_where_the_permission_says_so(
    session: Session, at: datetime, rule: str
) -> None:
    assert _ask(EXPORT, ANNA, session, at) == (Answer.ASK_AGAIN, rule)
    assert _ask(VIEW, ANNA, session, at) == (Answer.ALLOW, "role-allows")


@pytest.mark.parametrize(
    "place",
    [
        {"country": None, "is_hosting": None},
        {"country": None, "is_hosting": False},
        {"country": "SE", "is_known_country": True, "is_hosting": False},
        {"country": "SE", "is_known_country": True, "is_hosting": True, "is_confirmed_here": True},
    ],
)
def test_place_that_is_unknown_or_known_adds_nothing(place: dict[str, Any]) -> None:
    assert _ask(EXPORT, ANNA, replace(HERS, **place)) == (Answer.ALLOW, "role-allows")


def test_factor_used_just_now_is_enough_by_day_and_by_night() -> None:
    assert _ask(EXPORT, ANNA, replace(HERS, factor_age=policy.FRESH_FACTOR_SECONDS)) == (
        Answer.ALLOW,
        "role-allows",
    )
    fresh = replace(HERS, factor_age=policy.FRESH_FACTOR_AT_NIGHT_SECONDS)
    assert _ask(EXPORT, ANNA, fresh, NIGHT) == (Answer.ALLOW, "role-allows")


@pytest.mark.parametrize("kind", [Kind.JOB, Kind.TOKEN, Kind.MACHINE])
def test_who_has_no_browser_is_judged_by_level_alone(kind: Kind) -> None:
    assert _ask(EXPORT, Asker(kind, "x", Level.CHANGE), None) == (Answer.ALLOW, "role-allows")
    assert _ask(EXPORT, Asker(kind, "x", Level.READ), None) == (Answer.REFUSE, "not-your-area")
    closed = Asker(kind, "x", Level.CHANGE, is_active=False)
    assert _ask(VIEW, closed, None) == (Answer.SIGN_IN, "account-closed")


def test_every_rule_has_a_code_of_its_own_and_a_sentence() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(str(rule.sentence).endswith(".") for rule in RULES)


_ages = st.floats(-policy.WHOLE_SESSION_SECONDS, 2 * policy.WHOLE_SESSION_SECONDS)
_sessions = st.builds(
    Session,
    is_recorded=st.booleans(),
    age=_ages,
    idle=_ages,
    factor_age=st.none() | _ages,
    is_own_device=st.booleans(),
    is_known_network=st.booleans(),
    country=st.sampled_from([None, "SE"]),
    is_known_country=st.booleans(),
    is_hosting=st.sampled_from([None, False, True]),
    is_confirmed_here=st.booleans(),
)
_questions = st.builds(
    Question,
    asker=st.builds(
        Asker, st.sampled_from(Kind), st.just("user:x"), st.sampled_from(Level), is_active=st.booleans()
    ),
    permission=st.sampled_from([VIEW, EXPORT, SET_UP]),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)),  # noqa: DTZ001 - a bound
    session=st.none() | _sessions,
)


@given(_questions)
def test_whatever_is_asked_a_yes_has_all_that_the_permission_takes(question: Question) -> None:
    if decide(question).answer is not Answer.ALLOW:
        return
    asked, asker, session = question.permission, question.asker, question.session
    assert asked is not None
    assert (asker.kind is not Kind.NOBODY, asker.is_active, asker.level >= asked.level) == (True, True, True)
    if asker.kind is Kind.PERSON:
        assert session is not None
        assert (session.is_recorded, session.is_own_device) == (True, True)
        assert min(session.age, session.idle) >= -policy.MOST_AHEAD_SECONDS
        assert session.factor_age is not None or asked.before_second_factor
        assert not asked.step_up or session.is_known_network
        assert not asked.step_up or session.country is None or session.is_known_country
        assert not asked.step_up or not session.is_hosting or session.is_confirmed_here


_FORGETTABLE = ["is_own_device", "is_known_network", "is_recorded", "is_known_country", "is_confirmed_here"]


@given(_questions, st.sampled_from(_FORGETTABLE))
def test_knowing_less_of_a_session_never_opens_anything(question: Question, forgotten: str) -> None:
    if question.session is None or decide(question).answer is Answer.ALLOW:
        return
    nothing: dict[str, Any] = {forgotten: False}
    less = replace(question, session=replace(question.session, **nothing))
    assert decide(less).answer is not Answer.ALLOW
