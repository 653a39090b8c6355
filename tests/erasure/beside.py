"""Processes beside the tests, on the tests' own database and keys or on those of a copy."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.db import connection

_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tests.erasure.child').main(*sys.argv[1:])"
)


def run(
    deed: str, at: datetime, point: str, *words: str, data: Path | None = None, database: Path | None = None
) -> tuple[int, str]:
    """Do what ``child`` calls so, in a process of its own; its exit status and what it printed."""
    settings = connection.settings_dict
    same = {name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.customers.tests.child_settings",
        "CHILD_DATABASE": json.dumps(same | {"NAME": str(database or settings["NAME"])}),
    }
    if data is not None:
        environment["TRYGGVE_DATA"] = str(data)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, deed, at.isoformat(), point, *words],
        env=os.environ | environment,
        timeout=60,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.returncode, done.stdout
