"""Many sources, one after the other, each in a fresh fork of a process that has the parser loaded.

A start of Python and of a large parser takes a hundred times as long as a fork.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, Final

from tryggve.lib.confinement.limits import Limits
from tryggve.lib.sandbox import answers, running, sources
from tryggve.lib.sandbox.answers import Failed
from tryggve.lib.sandbox.parsers import Parser

_MOST_WORDS: Final = 64
_LOADING_SECONDS: Final = 300.0
_USUAL: Final = Limits()
_NOTHING: Final = -1


class ForkServer:
    """A parser that is loaded and waits; for one thread. ``run`` is as ``sandbox.run``."""

    def __init__(self, process: subprocess.Popen[bytes], spoken_to: socket.socket) -> None:
        self._process, self._socket = process, spoken_to
        self._is_silent = False

    @property
    def is_gone(self) -> bool:
        """Whether its process has ended, whatever the reason: all further runs fail."""
        return self._is_silent or self._process.poll() is not None

    @contextmanager
    def run(
        self, source: bytes | int, *, limits: Limits = _USUAL, arguments: Mapping[str, Any] | None = None
    ) -> Iterator[Iterator[Any]]:
        """The values that the parser gives, which raise Failed; at the end of the block its process is gone."""
        job = running.limits_told(limits, arguments)
        reading, writing = os.pipe()
        try:
            try:
                with sources.descriptor_of(source) as given:
                    socket.send_fds(self._socket, [json.dumps(job).encode("ascii")], [given, writing])
            except OSError:
                self._is_silent = True
                raise Failed("crash") from None
            finally:
                os.close(writing)
            ended = _Ending(self._socket)
            try:
                yield _values(reading, limits, ended)
            finally:
                self._is_silent = ended.status is None
        finally:
            os.close(reading)


class _Ending:
    """Has the fork ended, once, and knows how it did."""

    def __init__(self, spoken_to: socket.socket) -> None:
        self._socket = spoken_to

    @cached_property
    def status(self) -> int | None:
        """None if the server itself is gone, and its forks with it."""
        try:
            self._socket.send(b"end")
            return int(self._socket.recv(_MOST_WORDS))
        except (OSError, ValueError):
            return None


def _values(descriptor: int, limits: Limits, ended: _Ending) -> Iterator[Any]:
    try:
        yield from answers.values(
            descriptor, wall_seconds=limits.wall_seconds, most_bytes=limits.output_bytes
        )
    except EOFError:
        raise Failed(running.reason_of(-signal.SIGKILL if ended.status is None else ended.status)) from None


@contextmanager
def fork_server(parser: Parser, *, told: bytes = b"") -> Iterator[ForkServer]:
    """A parser that is loaded, for the length of the block; its rehearsal is handed what it is ``told``.

    Unlike arguments that is kept from other users of the computer: it goes through memory that has no name. Raises
    NotRegistered, and Failed when there is no room or it can't be loaded.
    """
    running.require_registered(parser)
    with contextlib.ExitStack() as until_the_end:
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            until_the_end.enter_context(ours)
            with theirs, _in_memory(told) as known:
                kept = [theirs.fileno(), *known]
                job = {"socket": kept[0], "told": kept[-1] if known else _NOTHING}
                process = running.started(
                    "forking_child.py", parser, job,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, kept=kept,
                )  # fmt: skip
        except OSError:
            raise Failed("crash") from None
        until_the_end.callback(_end, process)
        _require_loaded(ours)
        yield ForkServer(process, ours)


@contextmanager
def _in_memory(told: bytes) -> Iterator[list[int]]:
    """A descriptor of a file that lies in memory only; none of nothing."""
    if not told:
        yield []
        return
    with sources.descriptor_of(told) as descriptor:
        yield [descriptor]


def _require_loaded(spoken_to: socket.socket) -> None:
    """Else every source would be blamed for what is the parser's fault."""
    spoken_to.settimeout(_LOADING_SECONDS)
    try:
        is_loaded = bool(spoken_to.recv(_MOST_WORDS))
    except TimeoutError:
        raise Failed("time") from None
    except OSError:
        is_loaded = False
    if not is_loaded:
        raise Failed("crash")
    spoken_to.settimeout(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    process.wait()
