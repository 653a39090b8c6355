"""A server whose workers are asked to end right after their fork. Arguments: number of the socket, application."""

import os
import signal
import sys

from tryggve.supervisor import server


def _ask_to_end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    os.register_at_fork(after_in_child=_ask_to_end)
    server.serve(int(sys.argv[1]), application=sys.argv[2])
