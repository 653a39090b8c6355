"""Hears SIGTERM and stays. Argument: the file to write when ready; SIGTERM writes ``heard`` into it."""

import signal
import sys
from pathlib import Path

from tryggve.supervisor import lifeline

if __name__ == "__main__":
    told = Path(sys.argv[1])
    lifeline.tie_to_parent(grace=0.2)
    signal.signal(signal.SIGTERM, lambda *_: told.write_text("heard") and None)
    ready = told.with_suffix(".new")
    ready.write_text("ready")
    ready.rename(told)
    while True:
        signal.pause()
