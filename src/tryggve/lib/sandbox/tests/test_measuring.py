"""What is told about the means is what a child found that tried."""

import os
import sys
from collections.abc import Iterator

import pytest

from tryggve.lib import sandbox
from tryggve.lib.confinement import landlock, seccomp
from tryggve.lib.sandbox import Failed, Means
from tryggve.lib.sandbox.tests import attempts, parsers, taken_away

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="means of Linux"),
    pytest.mark.skipif(landlock.version() < 6 or not seccomp.is_there(), reason="an old kernel"),
]

_OWN = ("other_user",) if os.geteuid() == 0 else ()


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    sandbox.means.cache_clear()
    yield
    sandbox.means.cache_clear()


def test_parser_is_sealed_off_by_all_means_there_are() -> None:
    assert sandbox.means() == Means((*_OWN, "landlock", "seccomp"), ())
    assert sandbox.means().is_sealed


@pytest.mark.parametrize(("gone", "left"), [("landlock", "seccomp"), ("seccomp", "landlock")])
def test_one_means_holds_where_the_other_does_not_exist(gone: str, left: str) -> None:
    found = taken_away.without(gone, ask=sandbox.means)
    assert found == Means((*_OWN, left), ())
    assert found.is_sealed


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_holds_where_nothing_else_exists() -> None:
    found = taken_away.without("landlock", "seccomp", ask=sandbox.means)
    assert found == Means(("other_user",), ())
    assert found.is_sealed


def test_without_any_means_it_is_told_that_other_processes_were_reached() -> None:
    found = taken_away.without(*taken_away.EVERYTHING, ask=sandbox.means)
    assert found == Means((), ("processes",))
    assert not found.is_sealed


def test_taken_away_means_come_back() -> None:
    taken_away.without(*taken_away.EVERYTHING, ask=sandbox.means)
    sandbox.means.cache_clear()
    assert sandbox.means().is_sealed


def test_without_any_means_a_parser_still_runs_within_limits_and_opens_nothing() -> None:
    def read_key() -> int:
        with sandbox.run(attempts.ATTEMPT, b"", arguments={"act": "read_file", "target": __file__}) as values:
            [error] = values
        return int(error)

    def take_too_much() -> str:
        hungry = sandbox.register(f"{parsers.__name__}:hungry")
        small = sandbox.Limits(memory_bytes=256 * 1024**2)
        try:
            with sandbox.run(hungry, b"", limits=small, arguments={"chunks": 600}) as values:
                return str(list(values))
        except Failed as failed:
            return failed.reason

    assert taken_away.without(*taken_away.EVERYTHING, ask=read_key) != 0
    assert taken_away.without(*taken_away.EVERYTHING, ask=take_too_much) == "memory"


@pytest.mark.parametrize("reached", [("files",), ("network",), ("processes",)])
def test_whatever_was_reached_is_not_sealed_off(reached: tuple[str, ...]) -> None:
    assert not Means(("seccomp",), reached).is_sealed
    assert not Means((), ()).is_sealed
