"""Scans run in a process of their own, so that the worker does other things meanwhile."""

from typing import Final

from tryggve.routines import own_process

_PROGRAM: Final = (
    "import django; django.setup(); from tryggve.domains.datamap import processes; processes.run(lifeline=0)"
)


def start() -> bool:
    """Let such a process do what waits. False when the one that was started before is still at it."""
    return own_process.start(_PROGRAM)
