import contextlib
import logging
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

from tryggve.lib.folders import Folders
from tryggve.lib.logs import JsonLine
from tryggve.supervisor import environment, runfiles

LARGEST_LOG_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class ChildSpec:
    """A child to keep running: its name (also of its log), its command, and what it inherits beside.

    A socket or another descriptor keeps its number: name it in the command or in ``variables``.
    """

    name: str
    argv: Sequence[str]
    sockets: Sequence[socket] = field(default=())
    descriptors: Sequence[int] = field(default=())
    variables: Mapping[str, str] = field(default_factory=dict)


class Child:
    """One running child, the leader of a session and process group of its own."""

    def __init__(self, spec: ChildSpec, *, folders: Folders, token: str) -> None:
        """Start it. Raises OSError if the program can't be started."""
        self._folders = folders
        self._name = spec.name
        pipe, self._lifeline = os.pipe()
        try:
            self._process = _start(spec, folders, token=token, pipe=pipe)
        except BaseException:
            os.close(self._lifeline)
            raise
        finally:
            os.close(pipe)
        try:
            runfiles.write(folders, runfiles.RunFile(spec.name, self.group, token))
        except BaseException:  # a full disk: no child runs that isn't written down
            os.killpg(self.group, signal.SIGKILL)
            self.bury()
            raise

    @property
    def group(self) -> int:
        return self._process.pid

    def has_ended(self) -> bool:
        """Whether the leader ended. It isn't reaped yet: until then nobody else gets the group's number."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def bury(self) -> int:
        """Reap the leader after the whole group has ended; its exit status, negative for a signal."""
        status = self._process.wait()
        os.close(self._lifeline)
        runfiles.remove(self._folders, self._name)
        return status


def log_path(folders: Folders, name: str) -> Path:
    """Where the child's output goes."""
    return folders.logs / f"{name}.log"


def log_end(folders: Folders, name: str, status: int | str | None) -> None:
    """Add to the child's log how it ended: its exit status, negative for a signal, or why it didn't start."""
    facts = {"child": name, "status": status}
    record = {"name": __name__, "levelname": "WARNING", "msg": "the child ended", "facts": facts}
    with contextlib.suppress(OSError), os.fdopen(_open_log(folders, name), "a", encoding="utf-8") as log:
        log.write(JsonLine().format(logging.makeLogRecord(record)) + "\n")


def _open_log(folders: Folders, name: str) -> int:
    """For appending; what has grown large is set aside as one older log, so that logs never fill the disk."""
    path = log_path(folders, name)
    if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _start(spec: ChildSpec, folders: Folders, *, token: str, pipe: int) -> subprocess.Popen[bytes]:
    log = _open_log(folders, spec.name)
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, named by the caller
            list(spec.argv),
            env={**environment.for_child(token=token, pipe=pipe), **spec.variables},
            cwd=folders.data,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(pipe, *(sock.fileno() for sock in spec.sockets), *spec.descriptors),
            start_new_session=True,
        )
    finally:
        os.close(log)
