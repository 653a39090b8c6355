"""What a search through the copies of keys comes to, held against how places let go of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import letting_go
from tryggve.domains.backups.engine.letting_go import Kept
from tryggve.domains.backups.engine.shredding import HeldIn, Outcome, Verdict, judged, latest_end

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _judged(*held: HeldIn, days: float = 1, is_all_seen: bool = True, is_key_in_use: bool = False) -> Verdict:
    """So many days after somebody was erased."""
    at = NOW + days * DAY
    return judged(erased_at=NOW, at=at, held=held, is_all_seen=is_all_seen, is_key_in_use=is_key_in_use)


def _held(*, taken: float, newest: float) -> HeldIn:
    return HeldIn(NOW + taken * DAY, newest_there=NOW + newest * DAY)


def test_nobody_is_proven_gone_while_a_place_was_not_seen() -> None:
    assert _judged() == Verdict(Outcome.PROVEN)
    assert _judged(is_all_seen=False) == Verdict(Outcome.PENDING)


def test_a_key_that_is_in_use_is_a_failure() -> None:
    assert _judged(is_key_in_use=True) == Verdict(Outcome.FAILED)


def test_it_waits_for_the_last_copy_that_has_the_key() -> None:
    held = [_held(taken=-3, newest=1), _held(taken=-1, newest=1)]
    assert _judged(*held) == Verdict(Outcome.PENDING, NOW + 13 * DAY)
    assert latest_end(NOW) == NOW + 14 * DAY


def test_a_place_that_nothing_was_brought_to_since_has_had_no_turn_to_let_go() -> None:
    assert _judged(_held(taken=-1, newest=-1), days=40) == Verdict(Outcome.PENDING, NOW + 40 * DAY)


@pytest.mark.parametrize(
    ("held", "days", "outcome"),
    [
        (_held(taken=-1, newest=14), 14, Outcome.PENDING),
        (_held(taken=-1, newest=15), 16, Outcome.PENDING),
        (_held(taken=-1, newest=15.5), 16, Outcome.FAILED),
        (_held(taken=0.5, newest=1), 1, Outcome.FAILED),
        (_held(taken=0.01, newest=1), 1, Outcome.PENDING),
        (_held(taken=300, newest=300), 1, Outcome.PENDING),
    ],
    ids=[
        "nearly too old",
        "too old since yesterday",
        "too old for three days",
        "taken after the erasure",
        "taken beside the erasure",
        "taken by a clock that was ahead",
    ],
)
def test_a_copy_that_should_not_have_the_key_is_a_failure(
    held: HeldIn, days: float, outcome: Outcome
) -> None:
    assert _judged(held, days=days).outcome is outcome


@given(
    before=st.lists(st.floats(-30, -0.01), min_size=1, max_size=8),
    after=st.lists(st.floats(0.05, 40), max_size=8),
    wait=st.floats(0, 30),
)
def test_what_places_keep_by_their_rule_is_never_a_failure_and_never_kept_beyond_its_date(
    before: Sequence[float], after: Sequence[float], wait: float
) -> None:
    there: list[Kept] = []
    until = None
    for number, days in enumerate((*sorted(before), *sorted(after))):
        at = NOW + days * DAY
        there.append(Kept(str(number), at))
        going = letting_go.of_keys(there, newest=there[-1].id, at=at)
        there = [one for one in there if one.id not in going]
        if days > 0:
            held = [HeldIn(one.taken_at, there[-1].taken_at) for one in there if one.taken_at < NOW]
            told = judged(erased_at=NOW, at=at, held=held, is_all_seen=True, is_key_in_use=False)
            assert told.outcome is (Outcome.PENDING if held else Outcome.PROVEN)
            assert not held or until is None or at <= until
            until = told.until
    held = [HeldIn(one.taken_at, there[-1].taken_at) for one in there if one.taken_at < NOW]
    at = NOW + (max([0.05, *after]) + wait) * DAY
    told = judged(erased_at=NOW, at=at, held=held, is_all_seen=True, is_key_in_use=False)
    assert (told.outcome is Outcome.PROVEN) == (not held)
    assert told.until is None or all(one.ages_out_at <= told.until and at <= told.until for one in held)
