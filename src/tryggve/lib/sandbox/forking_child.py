"""The program of a fork server: it loads a parser once; for each source a fork of it gives up everything and parses.

It looks at no foreign byte itself, so nothing of one source is there while the next one is parsed.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

_MOST_WORDS = 1 << 16
# A fork has none of the other threads, and what they held stays locked; besides, one file is given one processor.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def main() -> NoReturn:
    """Answer the parent's jobs one at a time, until the parent is gone."""
    job = json.loads(sys.argv[1])
    os.environ.update(_ONE_THREAD)
    sys.path += [place for place in job["path"] if place not in sys.path]
    child = import_module("tryggve.lib.sandbox.child")
    import_module("tryggve.lib.confinement.confining")
    parse = child.loaded(job, *_told(job["told"]))
    gc.collect()
    gc.freeze()  # or a fork that collects would copy what it shares
    with socket.socket(fileno=job["socket"]) as parent:
        parent.send(b"loaded")
        while True:
            words, descriptors, _flags, _from = socket.recv_fds(parent, _MOST_WORDS, 2)
            if not words:
                os._exit(0)
            forked = os.fork()
            if not forked:
                _take(descriptors, parent)
                child.answer(lambda: parse, json.loads(words))
            for descriptor in descriptors:
                os.close(descriptor)
            parent.send(str(_status_of(forked, parent)).encode("ascii"))


def _told(descriptor: int) -> list[bytes]:
    """What the rehearsal is to know; nothing where the descriptor is none."""
    if descriptor < 0:
        return []
    with os.fdopen(descriptor, "rb") as told:
        return [told.read()]


def _take(descriptors: list[int], parent: socket.socket) -> None:
    """What is parsed becomes standard input, and where it is told standard output."""
    os.setsid()
    parent.close()
    for standard, descriptor in enumerate(descriptors):
        os.dup2(descriptor, standard)
        os.close(descriptor)


def _status_of(forked: int, parent: socket.socket) -> int:
    """How it ended; it is killed as soon as the parent has done with it. If the parent goes, so does everything."""
    if not parent.recv(_MOST_WORDS):
        os._exit(0)
    # Another user's process may be out of reach of no root; it sees the end of its pipe then.
    with suppress(ProcessLookupError, PermissionError):
        os.kill(forked, signal.SIGKILL)
    _process, status = os.waitpid(forked, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
