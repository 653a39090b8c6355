"""Our own program beside itself, on the restored copy: without the register's keys, its keeper and its settings."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tryggve.domains.backups.restic.running import die_with_parent
from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.lib.folders import Folders

_PASSED: Final = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE")
_SECONDS: Final = 3600.0


def environment(where: Folders) -> dict[str, str]:
    """What a process gets that knows the copy and nothing else."""
    path = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    return {
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
        "HOME": str(where.data),
        "TRYGGVE_DATA": str(where.data),
        "TRYGGVE_CONFIG": str(where.config),
        "DJANGO_SETTINGS_MODULE": "tryggve.config.settings",
        "PYTHONPATH": path,
        "PYTHONSAFEPATH": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def answer(program: str, asked: Mapping[str, Any], *, where: Folders, code: str) -> Any:
    """What the program answers on standard output, as JSON. Raises TestFailed with the code when it doesn't."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", program],
            env=environment(where), input=json.dumps(asked).encode(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=_SECONDS, check=True, cwd=where.data, preexec_fn=die_with_parent,
        )  # fmt: skip
        return json.loads(ended.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise TestFailed(code) from None
