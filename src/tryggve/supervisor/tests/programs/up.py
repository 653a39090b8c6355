"""A parent as ``up`` is one, over a tiny server and a tiny worker. Arguments: data folder, port."""

import sys
from pathlib import Path

from django.conf import settings

from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.supervisor import health, lock, parent, port
from tryggve.supervisor.children import ChildSpec

PROGRAMS = Path(__file__).parent
PAGES = "tryggve.supervisor.tests.programs.pages.application"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def up(folders: Folders, number: int) -> int:
    with lock.hold(folders) as held, port.listening_socket("localhost", number) as listener:
        held.tell_address(listener.url)
        serve = [sys.executable, str(PROGRAMS / "serve.py"), str(listener.fileno()), PAGES]
        work = [sys.executable, str(PROGRAMS / "work.py"), str(folders.data)]
        return parent.run(
            [ChildSpec("server", serve, (listener,)), ChildSpec("worker", work)],
            folders=folders,
            ready=lambda: health.answers(listener, "/"),
            on_ready=lambda: say("ready"),
            say=say,
        )


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    try:
        sys.exit(up(Folders(data=Path(sys.argv[1]), config=Path(sys.argv[1])), int(sys.argv[2])))
    except Refusal as refusal:
        sys.stderr.write(str(refusal))
        sys.exit(refusal.exit_status)
