import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from tryggve.lib.sandbox.parsers import register
from tryggve.lib.sandbox.running import run

_PROBE = register("tryggve.lib.confinement.probe:reached")


@dataclass(frozen=True, slots=True)
class Means:
    """How well parsers are sealed off on this computer.

    ``held``: the means in force (other_user, landlock, seccomp). ``reached``: what a child that tried came to all
    the same (files, network, processes).
    """

    held: tuple[str, ...]
    reached: tuple[str, ...]

    @property
    def is_sealed(self) -> bool:
        return bool(self.held) and not self.reached


@cache
def means() -> Means:
    """What holds a parser here, found by sending a child that tries; once in each process. Raises Failed."""
    with _own_file() as file, socket.create_server(("127.0.0.1", 0)) as server:
        arguments = {"file": file, "port": server.getsockname()[1]}
        with run(_PROBE, b"", arguments=arguments) as values:
            [told] = values
    return Means(tuple(told["held"]), tuple(told["reached"]))


@contextmanager
def _own_file() -> Iterator[str]:
    """An empty file that only this user may open."""
    with tempfile.NamedTemporaryFile(prefix="tryggve-") as file:
        os.fchmod(file.fileno(), 0o600)
        yield file.name
