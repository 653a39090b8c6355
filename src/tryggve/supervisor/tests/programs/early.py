"""An application whose workers are asked to end, twice, in the moment before they serve."""

import os
import signal
from typing import Any

from granian.server import mp

from tryggve.supervisor.tests.programs.pages import application

_worker: Any = mp.WSGIWorker  # type: ignore[attr-defined] # meant for inside


def _asked_to_end(*settings: Any) -> Any:
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGTERM)
    return _worker(*settings)


setattr(mp, "WSGIWorker", _asked_to_end)  # noqa: B010
__all__ = ["application"]
