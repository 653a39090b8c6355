"""What the processes do that the tests start and kill; each word on the command line is an argument."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from tryggve.domains.customers.services import import_jobs, imports
from tryggve.lib import write_points


def main(deed: str, *words: str) -> None:
    DEEDS[deed](*words)


def bring_in(file: str, point: str = "") -> None:
    """Import a list and print what came of it; killed at the point of that name, if there is one."""
    _die_at(point)
    told = imports.import_content(
        content=Path(file).read_bytes(), source="", actor="machine:anna", at=timezone.now()
    )
    sys.stdout.write(json.dumps(told.as_json()))


def carry_out(batch: str, point: str = "") -> None:
    """What the worker does with a confirmed import."""
    _die_at(point)
    import_jobs.run_confirmed(batch=UUID(batch), at=timezone.now())


def remove_interrupted(point: str = "") -> None:
    _die_at(point)
    import_jobs.remove_interrupted(actor="system", at=timezone.now())


def _die_at(point: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)


DEEDS: dict[str, Callable[..., None]] = {
    "bring-in": bring_in,
    "carry-out": carry_out,
    "remove-interrupted": remove_interrupted,
}
