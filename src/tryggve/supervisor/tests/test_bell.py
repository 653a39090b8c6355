import os
import signal

import pytest

from tryggve.supervisor import bell


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_asks_to_stop(number: signal.Signals) -> None:
    with bell.listening() as rung:
        os.kill(os.getpid(), number)
        rung.wait(30)
        assert (rung.stop_asked, rung.is_hurry_asked()) == (True, False)


@pytest.mark.parametrize(
    ("numbers", "hurry"),
    [
        ([signal.SIGINT, signal.SIGINT], True),
        ([signal.SIGTERM, signal.SIGINT], True),
        ([signal.SIGINT, signal.SIGINT, signal.SIGTERM], True),
        ([signal.SIGHUP, signal.SIGTERM], False),
        ([signal.SIGINT, signal.SIGHUP], False),
    ],
)
def test_only_another_ctrl_c_hurries(numbers: list[signal.Signals], hurry: bool) -> None:
    with bell.listening() as rung:
        for number in numbers:
            os.kill(os.getpid(), number)
        assert rung.is_hurry_asked() == hurry


def test_child_that_ends_rings_and_asks_nothing() -> None:
    with bell.listening() as rung:
        os.kill(os.getpid(), signal.SIGCHLD)
        rung.wait(30)
        assert not rung.stop_asked


def test_wait_without_a_signal_returns() -> None:
    with bell.listening() as rung:
        rung.wait(0.01)
        assert not rung.stop_asked


def test_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with bell.listening() as rung:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not rung.stop_asked
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_put_back() -> None:
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD]
    before = [signal.getsignal(number) for number in numbers]
    with bell.listening():
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before
