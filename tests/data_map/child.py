"""What the processes do that the tests start and kill; each word on the command line is an argument."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tryggve.domains.backups.tests import child
from tryggve.lib import write_points

_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tests.data_map.child').main(*sys.argv[1:])"
)
MACHINE = "machine:anna"


def run(*words: str) -> int:
    """Start it and wait; its exit status, negative for a signal."""
    command = [sys.executable, "-c", _PROGRAM, *words]
    return subprocess.run(command, env=child.environment(), timeout=120, check=False).returncode


def main(deed: str, point: str, *words: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)
    _DEEDS[deed](*words)


def scan() -> None:
    """What waits, one after the other."""
    from tryggve.domains.datamap.services import scans  # noqa: PLC0415 - after django.setup

    with scans.held():
        scans.close_left_behind()
        while (one := scans.next_waiting()) is not None:
            scans.run(one, now=timezone.now)


def delete(file: str) -> None:
    from tryggve.domains.datamap.services import deleting  # noqa: PLC0415

    deleting.delete(file=UUID(file), actor=MACHINE, at=timezone.now())


def have_back(copy: str) -> None:
    from tryggve.domains.datamap.services import deleting  # noqa: PLC0415

    deleting.have_back(copy=UUID(copy), actor=MACHINE, at=timezone.now())


def destroy(days: str) -> None:
    """As a routine does so many days from now."""
    from tryggve.domains.datamap.services import deleting  # noqa: PLC0415

    deleting.destroy_due(at=timezone.now() + timedelta(days=int(days)))


_DEEDS: dict[str, Callable[..., None]] = {
    "scan": scan,
    "delete": delete,
    "have-back": have_back,
    "destroy": destroy,
}
