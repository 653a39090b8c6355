import signal
import threading
from typing import Any

from tryggve.lib.command import Command as BaseCommand
from tryggve.routines import worker
from tryggve.supervisor import lifeline


class Command(BaseCommand):
    help = "Started by up: do the work that waits in the queue, and the routines that are due."

    def run(self, options: dict[str, Any]) -> int:
        lifeline.tie_to_parent()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker.run(stop)
        return 0
