"""The last step: the restored copy is served by the real program, on this computer alone, and answers.

Pages only: without the worker no mail leaves and nothing is done by itself, and without keys nobody is read.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Final

from django.urls import reverse

from tryggve.domains.backups.services.restore_tests import beside
from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.domains.backups.services.restore_tests.trial import Trial
from tryggve.lib.folders import Folders
from tryggve.supervisor import lifeline, port, processes
from tryggve.supervisor.port import Listener

_PROGRAM: Final = (
    "import sys, django; django.setup(); "
    "from django.core.management import call_command; call_command('serve', sys.argv[1])"
)
_SECONDS: Final = 120.0
_LOOK_AGAIN_SECONDS: Final = 0.1
_ANSWERS_WITHIN: Final = 20.0
_ENDS_WITHIN: Final = 10.0
_MOST_BYTES: Final = 1024 * 1024
_FORM: Final = b'name="password"'


def start(trial: Trial) -> None:
    """The copy answers with its sign-in page. Raises TestFailed.

    How long it took from the beginning is how long the company would have stood still.
    """
    deadline = time.monotonic() + _SECONDS
    with (
        port.listening_socket(port.LOCALHOST, 0) as listener,
        _served(listener, trial.scratch.folders) as server,
    ):
        while not _answers(listener):
            if server.poll() is not None or time.monotonic() > deadline:
                raise TestFailed("does-not-start")
            time.sleep(_LOOK_AGAIN_SECONDS)
    trial.found["answered_seconds"] = int((trial.now() - trial.test.began_at).total_seconds())


@contextmanager
def _served(listener: Listener, where: Folders) -> Iterator[subprocess.Popen[bytes]]:
    """The child that serves pages; it ends with this process, however that ends."""
    reading, writing = os.pipe()
    try:
        server = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _PROGRAM, str(listener.fileno())],
            env=beside.environment(where) | {lifeline.PARENT_VARIABLE: str(reading)}, cwd=where.data,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(reading, listener.fileno()), start_new_session=True,
        )  # fmt: skip
    except BaseException:
        os.close(writing)
        raise
    finally:
        os.close(reading)
    try:
        yield server
    finally:
        processes.end_groups([server.pid], grace=_ENDS_WITHIN)
        server.wait()
        os.close(writing)


def _answers(listener: Listener) -> bool:
    """Whether somebody could sign in there."""
    host, number = listener.getsockname()[:2]
    connection = HTTPConnection(host, number, timeout=_ANSWERS_WITHIN)
    try:
        connection.request("GET", reverse("account_login"))
        response = connection.getresponse()
        return response.status == 200 and _FORM in response.read(_MOST_BYTES)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
