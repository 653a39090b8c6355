"""One run of restic: its password comes through a pipe, its words as JSON, and it ends with whoever started it."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from tryggve.domains.backups.restic import files, program
from tryggve.domains.backups.restic.errors import Unreachable, failure, knocks, plain, too_long
from tryggve.domains.backups.restic.limits import Limits
from tryggve.domains.backups.restic.places import Place
from tryggve.lib.confinement import system

# Of what it says on standard error, the end tells why it ended.
_LAST_WORDS: Final = 64 * 1024
# So often it may ask in vain to be let in, some seconds long.
_KNOCKS: Final = 3
# How often it tells how far it has come.
_LOOKS_A_SECOND: Final = "2"
_INHERITED: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSH_AUTH_SOCK")
Watch = Callable[[dict[str, Any]], None]


def run(
    words: Sequence[str],
    *,
    place: Place,
    password: str,
    cache: Path,
    seconds: float,
    given: IO[bytes] | None = None,
    watch: Watch | None = None,
    folder: Path | None = None,
    new_password: str | None = None,
    patience: float | None = None,
) -> list[dict[str, Any]]:
    """What it told, message by message; ``watch`` gets each as it comes, progress too, which isn't kept.

    ``folder``: where it is at work, so that paths are told from there. ``new_password``: one that it is to read, too.
    ``patience``: it is ended when it comes no further for so many seconds; ``seconds``: in any case after so many.
    Raises ResticFailed.
    """
    asked = started(
        words,
        place=place,
        password=password,
        cache=cache,
        given=given,
        folder=folder,
        new_password=new_password,
    )
    with asked as child, limited(child, seconds=seconds, patience=patience) as limits:
        said = Said(child)
        told = list(_messages(child.stdout, limits, watch))
        status = child.wait()
        said.join()
    require_done(status, said, limits, told)
    return told


def require_done(status: int, said: "Said", limits: Limits, told: Sequence[dict[str, Any]] = ()) -> None:
    """Raises ResticFailed for one that ended otherwise, or was ended."""
    if said.is_shut_out:
        raise Unreachable
    if limits.is_over:
        raise too_long(said.words)
    if status != 0:
        raise failure(status, f"{said.words}\n{_errors_in(told)}")


def limited(child: subprocess.Popen[bytes], *, seconds: float | None, patience: float | None) -> Limits:
    """What ends the child past these limits."""
    return Limits(partial(_kill, child), seconds=seconds, patience=patience)


@contextmanager
def started(
    words: Sequence[str],
    *,
    place: Place,
    password: str,
    cache: Path,
    given: IO[bytes] | None,
    folder: Path | None = None,
    new_password: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The child, with both its streams to be read; it is ended with the block.

    Raises NotInstalled, TooOld and, of a place that is away, Unreachable.
    """
    if place.is_away:
        raise Unreachable
    with (
        files.laid_out(place, beside=cache) as here,
        _piped(password) as pipe,
        _piped(new_password) as new_pipe,
    ):
        options = [part for option in here.options for part in ("--option", _quoted(option))]
        named = [f"--new-password-file=/dev/fd/{new_pipe}"] if new_pipe is not None else []
        child = subprocess.Popen(  # noqa: S603 - found on PATH
            [program.find().path, "--json", "--cache-dir", str(cache), *options, *words, *named],
            env={
                **{name: os.environ[name] for name in _INHERITED if name in os.environ},
                **here.environment,
                "RESTIC_REPOSITORY": here.location,
                "RESTIC_PASSWORD_FILE": f"/dev/fd/{pipe}",
                "RESTIC_PROGRESS_FPS": _LOOKS_A_SECOND,
            },
            cwd=folder,
            stdin=given if given is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[one for one in (pipe, new_pipe) if one is not None],
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        with child:
            try:
                yield child
            finally:
                _kill(child)


def _quoted(option: str) -> str:
    """restic reads an option as a line of comma-separated values."""
    return '"' + option.replace('"', '""') + '"'


@contextmanager
def _piped(secret: str | None) -> Iterator[int | None]:
    """The end of a pipe that the secret can be read from, once."""
    if secret is None:
        yield None
        return
    reading, writing = os.pipe()
    try:
        os.write(writing, secret.encode())
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def die_with_parent() -> None:
    if system.IS_LINUX:
        system.prctl(1, signal.SIGKILL)


class Said(threading.Thread):
    """The last words on standard error, read beside the answers so that neither waits for the other.

    ``is_shut_out``: it wasn't let in, and was ended when it asked again and again.
    """

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._child, self.words, self.is_shut_out = child, "", False
        self.start()

    def run(self) -> None:
        held, knocked = "", 0
        for line in self._child.stderr or ():
            said = plain(line.decode(errors="replace"))
            held = (held + said)[-_LAST_WORDS:]
            knocked += knocks(said)
            if knocked == _KNOCKS:
                self.is_shut_out = True
                _kill(self._child)
        self.words = held


def _messages(stream: IO[bytes] | None, limits: Limits, watch: Watch | None) -> Iterator[dict[str, Any]]:
    for line in stream or ():
        try:
            one = json.loads(line)
        except ValueError:
            continue
        for message in one if isinstance(one, list) else [one]:
            if not isinstance(message, dict):
                continue
            limits.told(message)
            if watch is not None:
                watch(message)
            if message.get("message_type") != "status":
                yield message


def _errors_in(told: Sequence[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(one) for one in told if one.get("message_type") == "error")


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
