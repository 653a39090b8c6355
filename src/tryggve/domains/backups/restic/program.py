"""The restic on this computer."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Final

from tryggve.domains.backups.restic.errors import NotInstalled, TooOld

# Debian 12 has it.
OLDEST: Final = (0, 14)
_VERSION: Final = re.compile(rb"restic (\d+)\.(\d+)")
_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Program:
    """Where it lies, and its version's first two numbers."""

    path: str
    version: tuple[int, int]


def find() -> Program:
    """The one on PATH. Raises NotInstalled and TooOld."""
    path = shutil.which("restic")
    if path is None:
        raise NotInstalled
    program = _looked_at(path)
    if program.version < OLDEST:
        raise TooOld
    return program


@cache
def _looked_at(path: str) -> Program:
    try:
        told = subprocess.run([path, "version"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - found on PATH
    except (OSError, subprocess.TimeoutExpired):
        raise NotInstalled from None
    found = _VERSION.match(told.stdout)
    if found is None:
        raise NotInstalled
    return Program(path, (int(found[1]), int(found[2])))
