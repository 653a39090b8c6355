"""Many sources, a fresh fork for each: nothing of one is there for the next, whatever it did."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tryggve.lib import sandbox
from tryggve.lib.sandbox import Failed, ForkServer, Limits
from tryggve.lib.sandbox.running import NotRegistered
from tryggve.lib.sandbox.tests import parsers

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at processes as Linux shows them"),
]

_MEGABYTE = 1024**2
_USUAL = Limits()
_JOBS = 1000

Served = Callable[[str], ForkServer]


@pytest.fixture
def served() -> Iterator[Served]:
    with ExitStack() as until_the_end:

        def serve(parser: str) -> ForkServer:
            registered = sandbox.register(f"{parsers.__name__}:{parser}")
            return until_the_end.enter_context(sandbox.fork_server(registered))

        yield serve


def _told(server: ForkServer, content: bytes = b"", limits: Limits = _USUAL, **arguments: Any) -> list[Any]:
    with server.run(content, limits=limits, arguments=arguments) as values:
        return list(values)


def _reason(server: ForkServer, limits: Limits = _USUAL, content: bytes = b"", **arguments: Any) -> str:
    """Why it failed; its process is gone by then."""
    met: list[int] = []

    def listen() -> None:
        with server.run(content, limits=limits, arguments=arguments) as values:
            met.append(next(values))
            list(values)

    with pytest.raises(Failed) as failed:
        listen()
    assert _is_gone(met[0])
    return failed.value.reason


def _is_gone(process: int) -> bool:
    """Ended, and reaped: not even a number is left."""
    return not Path(f"/proc/{process}").exists()


def _open_descriptors(process: int) -> int:
    return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208 - what pathlib opens would count


def test_what_one_source_leaves_behind_is_not_there_for_the_next(served: Served) -> None:
    server = served("remembering")
    first, second = (_told(server, content) for content in (b"one", b"two"))
    assert (first[1], second[1]) == (["one"], ["two"])
    assert first[0] != second[0]


@pytest.mark.parametrize(
    ("parser", "limits", "arguments", "reason"),
    [
        ("hungry", Limits(memory_bytes=512 * _MEGABYTE), {"chunks": 600}, "memory"),
        ("endless", Limits(cpu_seconds=1), {}, "time"),
        ("silent", _USUAL, {}, "crash"),
        ("talkative", Limits(output_bytes=_MEGABYTE), {}, "output"),
        ("crashing", _USUAL, {}, "crash"),
        ("leaving", _USUAL, {}, "crash"),
        ("telling", _USUAL, {}, "broken"),
    ],
)
def test_each_fork_has_its_limits_and_its_reason_and_the_server_lives_on(
    served: Served, parser: str, limits: Limits, arguments: dict[str, Any], reason: str
) -> None:
    server = served(parser)
    assert [_reason(server, limits, **arguments) for _again in range(2)] == [reason, reason]
    assert not server.is_gone


def test_endless_waiting_ends_at_the_limit(served: Served) -> None:
    server, (reading, writing) = served("waiting"), os.pipe()
    try:
        with (
            pytest.raises(Failed, match="time"),
            server.run(reading, limits=Limits(wall_seconds=1)) as values,
        ):
            list(values)
    finally:
        os.close(reading)
        os.close(writing)
    assert _told(server, b"abc")[1] == "abc"


def test_fork_that_is_killed_has_crashed(served: Served) -> None:
    server = served("endless")
    with server.run(b"") as values:
        fork = next(values)
        assert _children(_only_child()) == [fork]
        os.kill(fork, signal.SIGKILL)
        with pytest.raises(Failed, match="crash"):
            list(values)
    assert not server.is_gone


def test_leaving_early_ends_the_fork(served: Served) -> None:
    with served("counting").run(b"", arguments={"up_to": 10**12}) as values:
        process, *numbers = islice(values, 4)
        assert not _is_gone(process)
    assert (numbers, _is_gone(process)) == ([0, 1, 2], True)


def test_server_that_is_killed_takes_its_fork_along_and_says_so(served: Served) -> None:
    server = served("endless")
    with server.run(b"") as values:
        next(values)
        os.kill(_only_child(), signal.SIGKILL)
        with pytest.raises(Failed, match="crash"):
            list(values)  # were it still there, it would end by its limit, and say «time»
    assert server.is_gone
    with pytest.raises(Failed, match="crash"):
        _told(server)


def _only_child() -> int:
    """The server's number. A fork can't be asked for it: the call is refused, and answers −1, which means everybody."""
    [child] = _children(os.getpid())
    return child


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in told.split()]


def test_parser_that_cannot_be_loaded_fails_at_the_start() -> None:
    missing = sandbox.register(f"{parsers.__name__}:no_such_parser")
    with pytest.raises(Failed, match="crash"), sandbox.fork_server(missing):
        pytest.fail("nothing is there to serve")


def test_unregistered_parser_is_not_served() -> None:
    with pytest.raises(NotRegistered), sandbox.fork_server(sandbox.Parser("os:system")):
        pytest.fail("nothing may be served")


def test_fork_sees_nothing_of_this_process_and_is_to_have_one_thread(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYGGVE_PROBE", "secret")
    own, other = os.pipe()
    os.set_inheritable(own, True)
    try:
        environment, descriptors = _told(served("looking_around"), b"abc")
    finally:
        os.close(own)
        os.close(other)
    assert set(environment) - {"LC_CTYPE"} == {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"}
    assert descriptors == [0, 1, 2]


def test_a_thousand_jobs_leave_no_descriptor_and_no_process(served: Served) -> None:
    server = served("own_number")
    parent = _only_child()
    before = _open_descriptors(os.getpid()), _open_descriptors(parent)
    for _job in range(_JOBS):
        _told(server)
    assert (_open_descriptors(os.getpid()), _open_descriptors(parent)) == before
    assert _children(parent) == []


def test_server_ends_with_the_block() -> None:
    with sandbox.fork_server(sandbox.register(f"{parsers.__name__}:own_number")):
        parent = _only_child()
    assert _is_gone(parent)


@pytest.mark.parametrize("told", [b"", b"c" * _MEGABYTE])
def test_what_the_rehearsal_is_told_every_fork_knows(told: bytes) -> None:
    here = parsers.__name__
    recalling = sandbox.register(f"{here}:recalling", rehearsal=f"{here}:remember")
    with sandbox.fork_server(recalling, told=told) as server:
        assert [_told(server), _told(server)] == [[[len(told)] if told else []]] * 2
