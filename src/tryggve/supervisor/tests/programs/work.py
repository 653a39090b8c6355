"""The child that works in the background: only one at a time can. Argument: data folder."""

import fcntl
import json
import os
import signal
import sys
from pathlib import Path

from tryggve.supervisor import lifeline

if __name__ == "__main__":
    lifeline.tie_to_parent()
    data = Path(sys.argv[1])
    only_one = os.open(data / "work.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(only_one, fcntl.LOCK_EX)
    fresh = data / "work.new"
    fresh.write_text(json.dumps({"token": os.environ["TRYGGVE_RUN"], "pid": os.getpid()}))
    fresh.rename(data / "work.json")
    while True:
        signal.pause()
