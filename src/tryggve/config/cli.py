"""``./tryggve VERB``: choose the folders, become the right user, then run the verb."""

import io
import os
import sys
from collections.abc import Sequence

from tryggve.config import failures, verbs
from tryggve.config.person import become_owner
from tryggve.lib import folders as folder
from tryggve.lib import logs
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (0 done, 1 no, 2 wrong request, 3 locked or key missing)."""
    _ready_output()
    try:
        chosen, rest = _folder_options(list(sys.argv[1:] if argv is None else argv))
        chosen = _from_environment(_apart_for_a_demo(chosen, rest))
        folders = become_owner(data=chosen.get("--data"), config=chosen.get("--config"), arguments=rest)
        _put_in_environment(folders)
        return verbs.run(rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - the answer of a command
        return refusal.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _let_go_of_output()
        return 0
    except Exception as failure:  # noqa: BLE001 - the last net: told in words, kept without values
        print(failures.told(failure), file=sys.stderr)  # noqa: T201
        _let_go_of_output()
        return 2


def _let_go_of_output() -> None:
    """What can't be written any more mustn't be tried again when Python ends, which would say so in its own way."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ready_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What `up` says is read while it runs, also from a file, and a full disk shows while there is still
            # somebody to tell it; a sign that the terminal doesn't know must not stop the command that prints it.
            stream.reconfigure(line_buffering=True, errors="replace")
    logs.begin()


def _folder_options(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take ``--data DIR`` and ``--config DIR`` out, wherever they stand before a lone ``--``."""
    chosen: dict[str, str] = {}
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            return chosen, [*rest, argument, *waiting]
        if name in {"--data", "--config"}:
            chosen[name] = value if equals else next(waiting, "")
        else:
            rest.append(argument)
    return chosen, rest


def _apart_for_a_demo(chosen: dict[str, str], rest: list[str]) -> dict[str, str]:
    """A demo firm has folders of its own, whatever the environment says of the register's."""
    if rest[:1] != ["demo"] or "--data" in chosen:
        return chosen
    return {"--data": str(folder.demo_data())}


def _from_environment(chosen: dict[str, str]) -> dict[str, str]:
    """The folders that the command line leaves open; ``up`` tells its children so."""
    if "--data" in chosen:
        return chosen  # whose keys are its own, not those that the environment tells of another
    told = {"--data": os.environ.get("TRYGGVE_DATA"), "--config": os.environ.get("TRYGGVE_CONFIG")}
    return {name: value for name, value in told.items() if value is not None} | chosen


def _put_in_environment(folders: Folders) -> None:
    os.environ["TRYGGVE_DATA"] = str(folders.data)
    os.environ["TRYGGVE_CONFIG"] = str(folders.config)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
    os.umask(0o077)
