"""Users of this computer, and programs that they run: an ordinary one is ``nobody`` where the tests run as root."""

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IS_ROOT = os.getuid() == 0
PERSON = "nobody" if IS_ROOT else pwd.getpwuid(os.getuid()).pw_name
MALLORY = "daemon"  # another ordinary user, who has an account on every Debian


@dataclass(frozen=True)
class Answer:
    """Exit status, standard output and standard error of a program."""

    status: int
    said: str
    told: str


@contextlib.contextmanager
def folder_of(name: str) -> Iterator[Path]:
    """A temporary folder of that user's own."""
    made = Path(tempfile.mkdtemp(prefix="tryggve-test-"))
    give(made, name)
    yield made
    shutil.rmtree(made)


def give(path: Path, name: str) -> Path:
    """Make that user the owner; needs root, and does nothing for others, whose files are theirs already."""
    if IS_ROOT:
        user = pwd.getpwnam(name)
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return path


def command(*words: str, home: Path, **variables: str) -> Answer:
    """``tryggve WORDS`` as an ordinary user, with nothing else in the environment."""
    return _run([*_as_person(), sys.executable, "-m", "tryggve", *words], _environment(home, variables))


def program(text: str, *words: str, home: Path, as_root: bool = False, **variables: str) -> Answer:
    """A Python program with ``sys.argv[1:]``, as an ordinary user or with the rights of the tests."""
    person = [] if as_root else _as_person()
    return _run([*person, sys.executable, "-c", textwrap.dedent(text), *words], _environment(home, variables))


def told_by(text: str, *words: str, home: Path, as_root: bool = False) -> Any:
    """What the program prints as JSON. Fails when it fails."""
    answer = program(text, *words, home=home, as_root=as_root)
    assert (answer.status, answer.told) == (0, "")
    return json.loads(answer.said)


def _as_person() -> list[str]:
    return [
        "setpriv",
        "--reuid",
        PERSON,
        "--regid",
        str(pwd.getpwnam(PERSON).pw_gid),
        "--clear-groups",
    ] * IS_ROOT


def _run(argv: list[str], environment: dict[str, str]) -> Answer:
    ended = subprocess.run(argv, env=environment, cwd="/", capture_output=True, timeout=60, check=False)
    return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def _environment(home: Path, variables: dict[str, str]) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        **variables,
    }
