import pytest

from tryggve.lib.errors import Refusal
from tryggve.vault.keeper.attempts import MOST_FAILURES, WITHIN_SECONDS, Attempts, TooManyAttempts
from tryggve.vault.shares import SameShareTwice


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _fail(attempts: Attempts) -> None:
    with pytest.raises(Refusal, match="wrong"), attempts.counted():
        raise Refusal("wrong")


def test_sixth_wrong_try_within_five_minutes_waits_and_is_not_made() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _try in range(MOST_FAILURES):
        _fail(attempts)
    clock.now += 30
    made = []
    with pytest.raises(TooManyAttempts, match="in 5 minutes"), attempts.counted():
        made.append(1)
    assert made == []


def test_after_the_wait_one_more_try_is_made_and_the_next_waits_again() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _try in range(MOST_FAILURES):
        _fail(attempts)
        clock.now += 10
    clock.now = 1000.0 + WITHIN_SECONDS
    _fail(attempts)
    with pytest.raises(TooManyAttempts), attempts.counted():
        pass


def test_right_try_forgets_the_wrong_ones() -> None:
    attempts = Attempts(Clock())
    for _try in range(MOST_FAILURES - 1):
        _fail(attempts)
    with attempts.counted():
        pass
    for _try in range(MOST_FAILURES):
        _fail(attempts)
    with pytest.raises(TooManyAttempts), attempts.counted():
        pass


def test_fault_of_the_program_is_no_wrong_try() -> None:
    attempts = Attempts(Clock())
    for _try in range(MOST_FAILURES + 1):
        with pytest.raises(RuntimeError), attempts.counted():
            raise RuntimeError


def test_mistyped_share_is_no_wrong_try() -> None:
    attempts = Attempts(Clock())
    for _try in range(MOST_FAILURES + 1):
        with pytest.raises(SameShareTwice), attempts.counted():
            raise SameShareTwice
