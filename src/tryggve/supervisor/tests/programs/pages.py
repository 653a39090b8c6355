"""Every page tells who answers."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tryggve.supervisor.tests.polling import until


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/fails":
        raise ValueError("Cilla Andersson")
    if environ["PATH_INFO"] == "/waits":
        folder = Path(environ["QUERY_STRING"])
        (folder / "begun").touch()
        until((folder / "go-on").exists)
    start_response("200 OK", [("Content-Type", "application/json")])
    answer = {"token": os.environ.get("TRYGGVE_RUN", ""), "server": os.getppid(), "worker": os.getpid()}
    return [json.dumps(answer).encode()]
