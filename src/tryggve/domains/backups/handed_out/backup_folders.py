"""Backs up folders of another computer with restic, and tells Tryggve; needs Python 3.11 or later and restic.

    python3 backup_folders.py begin SETTINGS [--repository WHERE] --folder PATH [--folder PATH]...
    python3 backup_folders.py run SETTINGS

``begin`` makes a repository with a password of its own, which it shows once, and writes SETTINGS for its owner alone.
It reads two lines: WHERE, if that isn't said or has a password in it, and the ADDRESS that Tryggve shows where other
backups are added, if there is one: it is secret, and nobody else sees what is typed. It is called only when everything
was copied.
Where restic needs more to get in there, such as AWS_ACCESS_KEY_ID, it stands in the environment then, and is kept in
SETTINGS by ``--keep NAME``. ``run`` belongs in cron, a systemd timer, launchd or the Windows Task Scheduler. The exit
status is 0 when everything was copied, 1 when something went wrong, 2 when nothing was tried.
"""

import argparse
import http.client
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_IS_WINDOWS = os.name == "nt"
_TELL_SECONDS = 30
_PASSWORD_BYTES = 32
# What restic needs of where it runs, on each system.
_INHERITED = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSH_AUTH_SOCK", "APPDATA", "LOCALAPPDATA", "SYSTEMROOT", "TEMP", "TMP",
    "USERPROFILE",
)  # fmt: skip
_INCOMPLETE = 3
_PASSWORD_IN_IT = re.compile(r"://[^/@]*:[^/@]*@")


class Refusal(Exception):
    """Nothing was tried; the text says why, and what to do."""


class Failed(Exception):
    """It was tried and didn't succeed; the text says so."""


@dataclass(frozen=True)
class Settings:
    """``tell``: the address that is called afterwards, if any; ``keep``: what lets restic in there."""

    repository: str
    password: str = field(repr=False)
    folders: list[str]
    tell: str = ""
    keep: dict[str, str] = field(default_factory=dict, repr=False)


def begin(path: Path, told: Settings) -> None:
    """Make the repository, and write the settings. Raises Refusal and Failed."""
    if path.exists():
        raise Refusal(
            f"{path} is there already. Nothing was changed. Choose another name, or take it away first."
        )
    _require_folders(told.folders)
    if told.tell:
        _address(told.tell)
    _restic(["init"], told)
    _write(path, told)


def run(path: Path) -> None:
    """Copy the folders, and call the address if all of it was copied. Raises Refusal and Failed."""
    settings = read(path)
    _require_folders(settings.folders)
    # Takes away locks of those who died; another that is at work keeps its own.
    _restic(["unlock"], settings)
    snapshot = ["--use-fs-snapshot"] if _IS_WINDOWS else []
    _restic(["backup", *snapshot, "--", *settings.folders], settings)
    if settings.tell:
        _tell(settings.tell)


def read(path: Path) -> Settings:
    """Raises Refusal for what isn't settings, or can be read by others."""
    try:
        with path.open("rb") as file:
            if not _IS_WINDOWS and os.fstat(file.fileno()).st_mode & 0o077:
                raise Refusal(
                    f"Others can read {path}, and so the backups. Nothing was tried. Do: chmod 600 {path}"
                )
            told: dict[str, Any] = json.load(file)
        return Settings(**told)
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}. Nothing was tried.") from None
    except (ValueError, TypeError):
        raise Refusal(f"{path} isn't what «begin» writes. Nothing was tried.") from None


def _require_folders(folders: Sequence[str]) -> None:
    """A disk that isn't there would otherwise look like one that was emptied."""
    for one in folders:
        if not Path(one).is_absolute() or not Path(one).is_dir():
            raise Refusal(f"There is no folder {one}. Nothing was tried. Write the whole path.")


def _write(path: Path, settings: Settings) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, indent=1)


def _restic(words: Sequence[str], settings: Settings) -> None:
    program = shutil.which("restic")
    if program is None:
        raise Refusal(
            "There is no restic on this computer. Nothing was tried. Install it: https://restic.net"
        )
    # It reads the password there when that is no terminal; no other process sees it.
    password = f"{settings.password}\n".encode()
    command = [program, "--quiet", *words]
    status = subprocess.run(command, env=_environment(settings), input=password, check=False).returncode
    if status == _INCOMPLETE:
        raise Failed("Some files could not be read, so that the copy lacks them. Tryggve wasn't told.")
    if status != 0:
        raise Failed(f"restic ended with {status}; what it says stands above. Tryggve wasn't told.")


def _environment(settings: Settings) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**inherited, **settings.keep, "RESTIC_REPOSITORY": settings.repository}


def _address(told: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refusal(f"{told} is no address. Nothing was tried. Copy it from Tryggve.")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname, parts.port, timeout=_TELL_SECONDS), parts.path


def _tell(address: str) -> None:
    """No redirection is followed: what the address holds is told to Tryggve alone."""
    connection, path = _address(address)
    try:
        connection.request("POST", path, headers={"Content-Length": "0"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        raise Failed("The copy was made, but Tryggve couldn't be reached, and doesn't know of it.") from None
    finally:
        connection.close()
    if status != http.client.NO_CONTENT:
        raise Failed(f"The copy was made, but Tryggve doesn't know the address any more ({status}).")


def _words(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="backup_folders.py", description="Backs up folders, and tells Tryggve."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("begin", help="make a repository, and write the settings")
    making.add_argument("settings", type=Path, help="the file that is written, for «run»")
    making.add_argument(
        "--repository", default="", help="where, as restic writes it, without a password in it"
    )
    making.add_argument(
        "--folder",
        action="append",
        required=True,
        dest="folders",
        metavar="PATH",
        help="a folder to back up; say it again for another",
    )
    making.add_argument(
        "--keep", action="append", default=[], metavar="NAME", help="a name in the environment"
    )
    doing = verbs.add_parser("run", help="back up now")
    doing.add_argument("settings", type=Path, help="the file that «begin» wrote")
    return parser.parse_args(arguments)


def _told(words: argparse.Namespace) -> Settings:
    if lacking := [name for name in words.keep if name not in os.environ]:
        raise Refusal(f"{lacking[0]} isn't in the environment. Nothing was tried.")
    if _PASSWORD_IN_IT.search(words.repository):
        raise Refusal(
            "Others can see a password that stands there. Nothing was tried. Leave --repository out: it is asked for."
        )
    return Settings(
        repository=words.repository or _asked("Where the copies go, as restic writes it: "),
        password=secrets.token_urlsafe(_PASSWORD_BYTES),
        folders=[str(Path(one).absolute()) for one in words.folders],
        tell=_asked("The address that Tryggve shows (Enter for none): "),
        keep={name: os.environ[name] for name in words.keep},
    )


def _asked(question: str) -> str:
    """A line of standard input; a person sees the question."""
    if sys.stdin.isatty():
        print(question, end="", flush=True)
    return sys.stdin.readline().strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Its exit status."""
    words = _words(arguments)
    try:
        if words.verb == "run":
            run(words.settings)
            return 0
        told = _told(words)
        begin(words.settings, told)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    print(
        "Write this password down and keep it elsewhere: without it nobody reads the copies, should this computer"
    )
    print(f"be lost. It isn't shown again.\n\n    {told.password}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
