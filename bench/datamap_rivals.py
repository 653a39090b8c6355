"""Whom the data map's engine is measured against, and how each is started."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from bench import measuring
from bench.datamap_patterns import UNION

_MB = 1_000_000


@dataclass(frozen=True)
class Rival:
    """``cpu``: the seconds it needs for a file. ``most_bytes``: how much of a text it is given; None for all.

    ``lacks`` says what is missing, or nothing.
    """

    name: str
    cpu: Callable[[Path], float]
    lacks: Callable[[], str]
    most_bytes: int | None = None


def cpu_of(search: Callable[[Path], object]) -> Callable[[Path], float]:
    """Seconds, children included."""
    return lambda path: measuring.measured(lambda: search(path))["cpu"]


def ripgrep(path: Path) -> None:
    """Every match with its place, one thread, bytes. What it prints is thrown away."""
    settings = ("--no-config", "--no-unicode", "--threads", "1", "--only-matching", "--byte-offset")
    command = ["rg", *settings, "--regexp", UNION, str(path)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - it ends with 1 where nothing is


def plain_re(path: Path) -> None:
    content = path.read_bytes()
    for _match in re.finditer(UNION.encode(), content):
        pass


class Presidio:
    """In an interpreter of its own, loaded once; it tells its CPU seconds itself, so that loading isn't counted."""

    def __init__(self, interpreter: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - as asked for
            [interpreter, str(Path(__file__).with_name("datamap_presidio.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def cpu(self, path: Path) -> float:
        """Raises ValueError if that interpreter can't."""
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:  # pragma: no cover - they were asked for
            raise ValueError
        asked.write(f"{path}\n")
        asked.flush()
        return float(told.readline())

    def end(self) -> None:
        self._process.communicate()


def _without_ripgrep() -> str:
    return "" if shutil.which("rg") else "ripgrep is missing (Debian: ripgrep)"


RIPGREP: Final = Rival("rg", cpu_of(ripgrep), _without_ripgrep)
PLAIN_RE: Final = Rival("re", cpu_of(plain_re), str, 2 * _MB)


@contextmanager
def presidio_of(interpreter: str) -> Iterator[Rival]:
    asked = Presidio(interpreter)
    try:
        yield Rival("presidio", asked.cpu, str, _MB // 5)
    finally:
        asked.end()


def ours_of(command: str | None, engine: str) -> Callable[[Path], object]:
    """The command on a file, or the function on what is in it."""
    if command:
        return lambda path: run(command, path)
    module, _colon, name = engine.partition(":")
    scan: Callable[[bytes, str], object] = getattr(import_module(module), name)
    return lambda path: scan(path.read_bytes(), path.name)


def run(command: str, path: Path) -> None:
    """Raises subprocess.CalledProcessError: what fails at once would be the fastest."""
    filled = [word.replace("{}", str(path)) for word in shlex.split(command)]
    subprocess.run(filled, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - as asked for
