import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tryggve.lib.confinement.limits import Limits
from tryggve.lib.sandbox import answers, parsers, sources
from tryggve.lib.sandbox.answers import Failed, Reason
from tryggve.lib.sandbox.parsers import Parser

_DYING_SECONDS = 5.0
_USUAL = Limits()
# How child.py ends when there is no memory left to say so.
_OUT_OF_MEMORY = 77


class NotRegistered(LookupError):
    """Only parsers that were registered run."""


@contextmanager
def run(
    parser: Parser,
    source: bytes | int,
    *,
    limits: Limits = _USUAL,
    arguments: Mapping[str, Any] | None = None,
) -> Iterator[Iterator[Any]]:
    """Run a parser on bytes, or on what a descriptor gives, in a sealed-off child; the block gets its values.

    The child starts to compute at once and waits when nobody takes its values; at the end of the block it is
    killed and reaped, whatever happened. ``arguments`` are no secret: every user of the computer can read them.
    Taking values raises Failed. Raises NotRegistered, and Failed when there is no room for a child.
    """
    require_registered(parser)
    try:
        with sources.descriptor_of(source) as stdin:
            told = limits_told(limits, arguments)
            child = started("child.py", parser, told, stdin=stdin, stdout=subprocess.PIPE)
    except OSError:
        raise Failed("crash") from None
    try:
        yield _values(child, limits)
    finally:
        _end(child)


def require_registered(parser: Parser) -> None:
    """Raises NotRegistered."""
    if not parsers.is_registered(parser):
        raise NotRegistered(parser.name)


def started(
    program: str,
    parser: Parser,
    told: Mapping[str, Any],
    *,
    stdin: int,
    stdout: int,
    kept: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """A fresh Python that runs a program of this folder, and is told which parser to load. Raises OSError.

    Descriptors that are ``kept`` keep their numbers.
    """
    job = {
        "parser": parser.name,
        "rehearsal": parser.rehearsal,
        "path": [place for place in sys.path if Path(place).is_absolute()],
        **told,
    }
    cache = ["-X", f"pycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []
    file = Path(__file__).with_name(program)
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-I", "-S", "-B", *cache, str(file), json.dumps(job)],
        env={},
        cwd="/",
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,  # may hold values
        start_new_session=True,
        pass_fds=kept,
    )


def limits_told(limits: Limits, arguments: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a child is told of its job."""
    return {
        "arguments": arguments or {},
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
    }


def reason_of(status: int) -> Reason:
    """Why a child fell silent that ended so; a signal is told as its number below zero."""
    if status == -signal.SIGXCPU:
        return "time"
    return "memory" if status == _OUT_OF_MEMORY else "crash"


def _values(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[Any]:
    if child.stdout is None:  # pragma: no cover - it was asked for
        raise Failed("crash")
    try:
        yield from answers.values(
            child.stdout.fileno(), wall_seconds=limits.wall_seconds, most_bytes=limits.output_bytes
        )
    except EOFError:
        raise Failed(_cause_of_death(child)) from None


def _cause_of_death(child: subprocess.Popen[bytes]) -> Reason:
    try:
        status = child.wait(_DYING_SECONDS)
    except subprocess.TimeoutExpired:
        return "crash"  # it fell silent without dying
    return reason_of(status)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is None:
        # Not reaped yet, so the number is still its own. Another user's process may be out of reach of no root.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()
