from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.controls.engine import standing as engine
from tryggve.controls.engine.standing import Measurement, Said, Score, Standing, State
from tryggve.controls.engine.verdict import Verdict

_NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_VALID = timedelta(hours=30)


def _measured(verdict: Verdict | None, *, at: datetime = _NOW - _HOUR, cause: str = "") -> Measurement:
    valid_until = at + _VALID if verdict else None
    return Measurement(verdict, cause, at, valid_until, since=at)


def _said(since: datetime = _NOW - _HOUR, until: datetime = _NOW + _HOUR) -> Said:
    return Said(since, until)


def _standing(
    latest: Measurement | None = None,
    conclusive: Measurement | None = None,
    attestation: Said | None = None,
    exemption: Said | None = None,
    *,
    is_measured: bool = True,
    now: datetime = _NOW,
) -> Standing:
    if conclusive is None and latest is not None and latest.verdict:
        conclusive = latest
    return engine.standing(
        latest=latest,
        conclusive=conclusive,
        attestation=attestation,
        exemption=exemption,
        is_measured=is_measured,
        now=now,
    )


@pytest.mark.parametrize(
    ("verdict", "state"), [(Verdict.PROVED, State.PROVED), (Verdict.OBSERVED, State.OBSERVED)]
)
def test_what_passed_stands_until_its_evidence_runs_out(verdict: Verdict, state: State) -> None:
    measured = _measured(verdict)
    end = _NOW - _HOUR + _VALID

    assert _standing(measured) == Standing(state, _NOW - _HOUR)
    assert _standing(measured, now=end - timedelta(microseconds=1)).state is state
    assert _standing(measured, now=end) == Standing(State.STALE, end)


def test_what_was_never_measured_says_whether_it_could_be() -> None:
    assert _standing() == Standing(State.UNKNOWN, None, "never-measured")
    assert _standing(is_measured=False) == Standing(State.UNKNOWN, None, "not-built")


def test_a_measuring_that_could_not_be_made_leaves_the_control_unknown_with_its_cause() -> None:
    passed = _measured(Verdict.PROVED, at=_NOW - 2 * _HOUR)
    unknown = _measured(None, cause="timed-out")

    assert _standing(unknown, passed) == Standing(State.UNKNOWN, _NOW - _HOUR, "timed-out")


def test_what_fails_goes_on_failing_however_old_and_through_what_could_not_be_measured() -> None:
    failed = _measured(Verdict.FAILING)
    unknown = _measured(None, at=_NOW + 50 * _HOUR, cause="raised")

    assert _standing(failed, now=_NOW + 1000 * _HOUR) == Standing(State.FAILING, _NOW - _HOUR)
    assert _standing(unknown, failed, now=_NOW + 60 * _HOUR) == Standing(
        State.FAILING, _NOW - _HOUR, "raised"
    )


def test_nobodys_word_outranks_a_measurement() -> None:
    failed, passed = _measured(Verdict.FAILING), _measured(Verdict.OBSERVED)

    assert _standing(failed, attestation=_said()) == Standing(
        State.FAILING, _NOW - _HOUR, is_attested=True, disagrees=True
    )
    assert _standing(passed, attestation=_said()) == Standing(State.OBSERVED, _NOW - _HOUR, is_attested=True)


def test_a_word_counts_where_nothing_is_known_and_only_while_it_holds() -> None:
    said = _said()
    attested = Standing(State.ATTESTED, said.since, "not-built", is_attested=True)

    assert _standing(attestation=said, is_measured=False) == attested
    assert _standing(attestation=said, now=said.until) == Standing(State.UNKNOWN, None, "never-measured")
    assert _standing(attestation=_said(since=_NOW + _HOUR, until=_NOW + 2 * _HOUR)).state is State.UNKNOWN


def test_a_word_bridges_evidence_that_ran_out() -> None:
    old = _measured(Verdict.PROVED, at=_NOW - 2 * _VALID)

    assert _standing(old).state is State.STALE
    assert _standing(old, attestation=_said()).state is State.ATTESTED


def test_not_applicable_hides_nothing_that_was_measured_failing() -> None:
    said = _said()
    fails = _measured(Verdict.FAILING)

    assert _standing(exemption=said) == Standing(State.NOT_APPLICABLE, said.since)
    assert _standing(fails, exemption=said) == Standing(State.FAILING, fails.since, disagrees=True)
    assert _standing(_measured(Verdict.FAILING), exemption=said, now=said.until).state is State.FAILING


def test_evidence_from_the_future_is_not_trusted_but_a_failing_is() -> None:
    ahead = _NOW + engine.MOST_AHEAD + timedelta(seconds=1)

    assert _standing(_measured(Verdict.PROVED, at=ahead)) == Standing(State.UNKNOWN, None, "clock")
    assert _standing(_measured(Verdict.PROVED, at=_NOW + engine.MOST_AHEAD)).state is State.PROVED
    assert _standing(_measured(Verdict.FAILING, at=ahead)).state is State.FAILING


def test_score_counts_what_is_unknown_against_and_what_does_not_apply_not_at_all() -> None:
    states = [State.PROVED, State.OBSERVED, State.OBSERVED, State.ATTESTED, State.STALE, State.FAILING]
    states += [State.UNKNOWN, State.UNKNOWN, State.NOT_APPLICABLE]

    counted = engine.score(Standing(state, None) for state in states)

    assert counted == Score(of=8, proven=3, attested=1, stale=1, failing=1, unknown=2, not_applicable=1)


_HOURS = st.integers(-100, 100)
_EVENTS = st.one_of(
    st.tuples(st.just("measured"), st.sampled_from([*Verdict, None]), _HOURS),
    st.tuples(st.just("attested"), _HOURS, st.integers(1, 100)),
    st.tuples(st.just("exempted"), _HOURS, st.integers(1, 100)),
)


class _Told:
    """What was received, in that order, as the rows keep it."""

    def __init__(self) -> None:
        self.latest: Measurement | None = None
        self.conclusive: Measurement | None = None
        self.said: dict[str, Said] = {}

    def tell(self, event: tuple[object, ...]) -> None:
        kind, what, when = event
        assert isinstance(when, int)
        if kind == "measured":
            assert what is None or isinstance(what, Verdict)
            self.latest = _measured(what, at=_NOW + when * _HOUR, cause="" if what else "raised")
            self.conclusive = self.latest if what else self.conclusive
        else:
            assert isinstance(what, int)
            since = _NOW + what * _HOUR
            self.said[str(kind)] = Said(since, since + when * _HOUR)

    def standing(self, *, now: datetime, without_words: bool = False) -> Standing:
        said = {} if without_words else self.said
        return _standing(self.latest, self.conclusive, said.get("attested"), said.get("exempted"), now=now)


@given(st.lists(_EVENTS, max_size=12), _HOURS)
def test_standing_holds_its_promises_in_whatever_order_things_are_told(
    events: list[tuple[object, ...]], hour: int
) -> None:
    now = _NOW + hour * _HOUR
    told = _Told()
    for event in events:
        told.tell(event)
    found, bare = told.standing(now=now), told.standing(now=now, without_words=True)

    if found.is_proven:
        assert told.latest is not None
        assert told.latest.verdict is not None
        assert told.latest.verdict.name == found.state.name
        assert told.latest.observed_at <= now + engine.MOST_AHEAD
        assert now < told.latest.observed_at + _VALID
    # Words may take a control out of the count or bridge what isn't known, and change nothing that was measured.
    if found.state not in (State.NOT_APPLICABLE, State.ATTESTED):
        assert replace(found, is_attested=False, disagrees=False) == bare
    if found.state is State.ATTESTED:
        assert bare.state in (State.UNKNOWN, State.STALE)
    assert (found.state is State.FAILING) is (bare.state is State.FAILING)
    is_contradicted = any(one.holds(now) for one in told.said.values())
    assert found.disagrees is (bare.state is State.FAILING and is_contradicted)


@given(st.lists(_EVENTS, max_size=8), st.lists(_EVENTS, max_size=4), _HOURS)
def test_only_a_measurement_that_passes_ends_a_failing(
    before: list[tuple[object, ...]], after: list[tuple[object, ...]], hour: int
) -> None:
    told = _Told()
    for event in before:
        told.tell(event)
    told.tell(("measured", Verdict.FAILING, hour))
    for event in after:
        told.tell(event)
    has_passed = any(
        kind == "measured" and what in (Verdict.PROVED, Verdict.OBSERVED) for kind, what, _ in after
    )

    is_failing = told.standing(now=_NOW, without_words=True).state is State.FAILING

    assert is_failing or has_passed


@given(st.lists(st.sampled_from(State)))
def test_score_leaves_nothing_out(states: list[State]) -> None:
    counted = engine.score(Standing(state, None) for state in states)

    parts = (counted.proven, counted.attested, counted.stale, counted.failing, counted.unknown)
    assert sum(parts) == counted.of
    assert counted.of + counted.not_applicable == len(states)
