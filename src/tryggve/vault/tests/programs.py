"""Python programs beside the tests: to be killed, to be another user, to write at the same time."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from tryggve.lib.folders import Folders

_BEGINNING = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
where = Folders(data=Path(sys.argv[1]), config=Path(sys.argv[2]))
"""


def begin(program: str, where: Folders, *arguments: str) -> subprocess.Popen[str]:
    """Start a program that knows ``where``, its further arguments from ``sys.argv[3:]`` on."""
    folders = str(where.data), str(where.config)
    return subprocess.Popen(
        [sys.executable, "-c", _BEGINNING + textwrap.dedent(program), *folders, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path("/"),
    )


def run(program: str, where: Folders, *arguments: str, typed: str = "") -> tuple[int, str]:
    """Its exit status and what it printed, errors included; ``typed`` is its standard input."""
    process = begin(program, where, *arguments)
    printed, errors = process.communicate(typed, timeout=60)
    return process.returncode, printed + errors
