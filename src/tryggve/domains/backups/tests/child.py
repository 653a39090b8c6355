"""What the processes do that the tests start and kill; each word on the command line is an argument."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tryggve.domains.backups.models import Run
from tryggve.lib import write_points

_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tryggve.domains.backups.tests.child').main(*sys.argv[1:])"
)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", _PROGRAM, *words]


def environment() -> dict[str, str]:
    """The product's settings, on the database that the tests run on."""
    settings = connection.settings_dict
    database = {name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.backups.tests.child_settings",
        "CHILD_DATABASE": json.dumps(database | {"NAME": str(settings["NAME"])}),
    }


def run(*words: str, within: Sequence[str] = (), variables: Mapping[str, str] | None = None) -> int:
    """Start it and wait; its exit status, negative for a signal."""
    process = subprocess.run(
        [*within, *command(*words)], env=environment() | dict(variables or {}), timeout=120, check=False
    )
    return process.returncode


def main(deed: str, *words: str) -> None:
    DEEDS[deed](*words)


def take(point: str = "") -> None:
    """A pair; killed at the point of that name, if there is one."""
    from tryggve.domains.backups.services import pairs  # noqa: PLC0415 - the test itself has no need of it

    _die_at(point)
    pairs.take(why=Run.Why.ASKED, now=timezone.now)


def add(folder: str, told: str, point: str = "") -> None:
    """A folder as a place for both; what is said where it is refused is left in a file. Killed as ``take``."""
    from tryggve.domains.backups.services import places  # noqa: PLC0415
    from tryggve.lib.errors import Refusal  # noqa: PLC0415

    _die_at(point)
    wanted = places.Wanted("Disk", "FOLDER", holds_data=True, holds_keys=True)
    try:
        places.add(wanted=wanted, fields={"path": folder}, actor="system", at=timezone.now())
    except Refusal as refusal:
        Path(told).write_text(str(refusal))


def remove(place: str, point: str = "") -> None:
    """A place that is in use."""
    from tryggve.domains.backups.services import places  # noqa: PLC0415

    _die_at(point)
    places.remove(place=UUID(place), actor="system", at=timezone.now())


def _die_at(point: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)


DEEDS: dict[str, Callable[..., None]] = {"take": take, "add": add, "remove": remove}
