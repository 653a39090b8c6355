"""A program that has every act tried by a child of its own, and prints what came of each.

    python -m tryggve.lib.sandbox.tests.attempts FOLDER MEANS

MEANS is «nothing», one means alone (landlock, seccomp, limits, other_user), «sandbox», the whole, or «fork», the same
in a fork of a process that has the parser loaded.
"""

import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from tryggve.lib import sandbox
from tryggve.lib.confinement import confining, landlock, limits, seccomp, system
from tryggve.lib.sandbox.tests import acts

ATTEMPT = sandbox.register("tryggve.lib.sandbox.tests.acts:attempted")
MEANS: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "landlock": landlock.forbid_everything,
    "seccomp": seccomp.forbid_all_but_computing,
    "limits": lambda: limits.apply(cpu_seconds=10, memory_bytes=1024**3),
    "other_user": confining.leave_root,
}
DIED = -3
_secret = ctypes.create_string_buffer(b"a secret")


def main(folder: str, means: str) -> None:
    """Lay out what the acts reach for, as this user alone may reach it, and try."""
    key = Path(folder, "key")
    key.touch(0o600)
    name = f"tryggve-{os.getpid()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as abstract,
        key.open("rb") as held,
    ):
        abstract.bind("\0" + name)
        abstract.listen()
        os.set_inheritable(held.fileno(), True)
        targets: dict[str, list[Any]] = {act: [None] for act in acts.ACTS} | {
            "read_file": [str(key), f"/proc/{os.getpid()}/environ"],
            "write_file": [str(Path(folder, "new"))],
            "read_descriptor": [held.fileno()],
            "connect_to_loopback": [server.getsockname()[1]],
            "connect_to_abstract_socket": [name],
            "read_memory_of_parent": [ctypes.addressof(_secret)],
        }
        tried = {act: _tried(means, act, several) for act, several in targets.items()}
    sys.stdout.write(json.dumps(tried))


def _tried(means: str, act: str, targets: list[Any]) -> int:
    """The number of the error; -2 when the targets of one act don't fare alike."""
    found = {_WHOLE.get(means, partial(_in_child, means))(act, target) for target in targets}
    return found.pop() if len(found) == 1 else -2


def _in_sandbox(act: str, target: Any) -> int:
    with sandbox.run(ATTEMPT, b"", arguments={"act": act, "target": target}) as values:
        [found] = values
    return int(found)


def _in_fork(act: str, target: Any) -> int:
    with (
        sandbox.fork_server(ATTEMPT) as server,
        server.run(b"", arguments={"act": act, "target": target}) as values,
    ):
        [found] = values
    return int(found)


_WHOLE: dict[str, Callable[[str, Any], int]] = {"sandbox": _in_sandbox, "fork": _in_fork}


def _in_child(means: str, act: str, target: Any) -> int:
    done = subprocess.run(
        [sys.executable, "-m", __spec__.name, "--one", means, act, json.dumps(target)],
        close_fds=False, check=False, capture_output=True,
    )  # fmt: skip
    return DIED if done.returncode else int(done.stdout)


def one(means: str, act: str, target: str) -> None:
    """One act in this process, under one means."""
    wanted = json.loads(target)
    if means in ("landlock", "seccomp"):
        system.prctl(38, 1)  # both ask for it
    MEANS[means]()
    [found] = acts.attempted(BytesIO(), act=act, target=wanted)
    os.write(1, str(found).encode())
    os._exit(0)


if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1] == "--one" else main(*sys.argv[1:])
