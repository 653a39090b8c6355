import threading

import pytest

from tests.program import until
from tryggve.lib.errors import Refusal
from tryggve.vault.keeper.attempts import MOST_FAILURES, WITHIN_SECONDS, Attempts, TooManyAttempts
from tryggve.vault.shares import SameShareTwice

ANNA, BO, TERMINAL = "user:anna", "user:bo", "machine:anna"
BY_PASSPHRASE, BY_KIT = "passphrase", "kit"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _fail(attempts: Attempts, *, by: str = BO, way: str = BY_PASSPHRASE, times: int = 1) -> None:
    for _try in range(times):
        with pytest.raises(Refusal, match="wrong"), attempts.counted(by=by, way=way):
            raise Refusal("wrong")


def _may_try(attempts: Attempts, *, by: str = BO, way: str = BY_PASSPHRASE) -> bool:
    """Whether a try is made; it is of a kind that is not counted."""
    made = []
    try:
        with attempts.counted(by=by, way=way):
            made.append(1)
            raise SameShareTwice
    except SameShareTwice:
        return True
    except TooManyAttempts:
        assert made == []
        return False


def test_sixth_wrong_try_within_five_minutes_waits_and_is_not_made() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    _fail(attempts, times=MOST_FAILURES - 1)
    assert _may_try(attempts)
    _fail(attempts)
    clock.now += 30
    assert not _may_try(attempts)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "in 5 minutes."), (30, "in 5 minutes."), (240, "in 1 minute."), (299.9, "in 1 minute.")],
)
def test_wait_is_told_in_minutes(seconds: float, told: str) -> None:
    clock = Clock()
    attempts = Attempts(clock)
    _fail(attempts, times=MOST_FAILURES)
    clock.now += seconds
    with pytest.raises(TooManyAttempts) as waiting, attempts.counted(by=BO, way=BY_PASSPHRASE):
        pass
    assert str(waiting.value).endswith(told)


def test_after_the_wait_one_more_try_is_made_and_the_next_waits_again() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _try in range(MOST_FAILURES):
        _fail(attempts)
        clock.now += 10
    clock.now = 1000.0 + WITHIN_SECONDS
    _fail(attempts)
    assert not _may_try(attempts)


def test_wrong_tries_of_bo_hold_up_neither_anna_nor_the_terminal() -> None:
    attempts = Attempts(Clock())
    _fail(attempts, by=BO, times=MOST_FAILURES)
    assert [_may_try(attempts, by=who) for who in (BO, ANNA, TERMINAL)] == [False, True, True]


def test_right_try_of_anna_lets_bo_guess_no_further() -> None:
    attempts = Attempts(Clock())
    _fail(attempts, by=BO, times=MOST_FAILURES)
    with attempts.counted(by=ANNA, way=BY_PASSPHRASE):
        pass
    assert not _may_try(attempts, by=BO)


def test_right_kit_lets_nobody_guess_further_at_the_passphrase() -> None:
    """Who may make a kit could try that one after each four guesses."""
    attempts = Attempts(Clock())
    _fail(attempts, times=MOST_FAILURES)
    assert _may_try(attempts, way=BY_KIT)
    with attempts.counted(by=BO, way=BY_KIT):
        pass
    assert not _may_try(attempts)


def test_many_tries_at_once_get_no_further_than_one_after_the_other() -> None:
    """And those that are too many don't wait for a turn, in which others would wait for them."""
    attempts, made, refused, may_end = Attempts(Clock()), [], [], threading.Event()

    def guess() -> None:
        try:
            with attempts.counted(by=BO, way=BY_PASSPHRASE):
                made.append(1)
                may_end.wait(timeout=20)
                raise Refusal("wrong")
        except TooManyAttempts:
            refused.append(1)
        except Refusal:
            pass

    guesses = [threading.Thread(target=guess) for _one in range(4 * MOST_FAILURES)]
    for one in guesses:
        one.start()
    until(lambda: len(refused) == 3 * MOST_FAILURES)
    may_end.set()
    for one in guesses:
        one.join(timeout=20)
    assert (len(made), len(refused)) == (MOST_FAILURES, 3 * MOST_FAILURES)


def test_tries_of_two_people_take_turns() -> None:
    attempts, told = Attempts(Clock()), []

    def attempt() -> None:
        with attempts.counted(by=ANNA, way=BY_PASSPHRASE):
            told.append("Anna's begins")

    other = threading.Thread(target=attempt)
    with attempts.counted(by=BO, way=BY_PASSPHRASE):
        other.start()
        until(lambda: (ANNA, BY_PASSPHRASE) in attempts._counted)  # she waits for her turn
        other.join(timeout=0.1)
        told.append("Bo's ends")
    other.join(timeout=20)
    assert told == ["Bo's ends", "Anna's begins"]


def test_right_try_forgets_the_wrong_ones() -> None:
    attempts = Attempts(Clock())
    _fail(attempts, times=MOST_FAILURES - 1)
    with attempts.counted(by=BO, way=BY_PASSPHRASE):
        pass
    _fail(attempts, times=MOST_FAILURES)
    assert not _may_try(attempts)


def test_fault_of_the_program_is_no_wrong_try() -> None:
    attempts = Attempts(Clock())
    for _try in range(MOST_FAILURES + 1):
        with pytest.raises(RuntimeError), attempts.counted(by=BO, way=BY_PASSPHRASE):
            raise RuntimeError


def test_mistyped_page_is_no_wrong_try() -> None:
    attempts = Attempts(Clock())
    for _try in range(MOST_FAILURES + 1):
        with pytest.raises(SameShareTwice), attempts.counted(by=BO, way=BY_KIT):
            raise SameShareTwice


def test_who_tried_long_ago_is_forgotten() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(100):
        _fail(attempts, by=f"user:{number}")
    clock.now += WITHIN_SECONDS
    assert _may_try(attempts)
    assert {who for who, _way in attempts._counted} == {BO}
