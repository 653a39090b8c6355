"""The commands with which another computer backs up its folders, ready to paste but for where the copies go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.backups.words.others import Line
from tryggve.ui import own_address

PROGRAM: Final = "backup_folders.py"
_WHERE: Final = "sftp:LOGIN@SERVER:/FOLDER"
_CRON: Final = "15 12 * * *"
_BREW: Final = 'PATH="/opt/homebrew/bin:/usr/local/bin:$PATH"'


@dataclass(frozen=True, slots=True)
class System:
    """A kind of computer, and its lines in their order."""

    code: str
    name: str
    lines: Sequence[Line]


def systems(secret: str) -> Sequence[System]:
    """The program is expected where browsers put what they download."""
    address = own_address.link_to("backups:heard", secret)
    return (
        System("linux", "Linux (Debian, Ubuntu)", _linux(address)),
        System("mac", "macOS", _mac(address)),
        System("windows", "Windows", _windows(address)),
    )


def _linux(address: str) -> Sequence[Line]:
    return (
        _line("install", "sudo apt install restic python3"),
        _line("begin", _begin_unix()),
        _line("address", address),
        _line("daily", _daily_unix("")),
    )


def _mac(address: str) -> Sequence[Line]:
    return (
        _line("install", "brew install restic python"),
        _line("begin", _begin_unix()),
        _line("address", address),
        _line("daily", _daily_unix(f"{_BREW} ")),
    )


def _windows(address: str) -> Sequence[Line]:
    task = f'`"$HOME\\Downloads\\{PROGRAM}`" run `"$HOME\\backup_folders.json`"'
    return (
        _line("install", "winget install restic.restic Python.Python.3.13"),
        _line(
            "begin",
            f'py "$HOME\\Downloads\\{PROGRAM}" begin "$HOME\\backup_folders.json" --repository {_WHERE} '
            '--folder "$HOME\\Documents"',
        ),
        _line("address", address),
        _line(
            "daily",
            'Register-ScheduledTask -TaskName "Backup" -Trigger (New-ScheduledTaskTrigger -Daily -At 12:15) '
            "-Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable) "
            f'-Action (New-ScheduledTaskAction -Execute py -Argument "{task}")',
        ),
    )


def _begin_unix() -> str:
    return f"python3 ~/Downloads/{PROGRAM} begin ~/.backup_folders.json --repository {_WHERE} --folder ~/Documents"


def _daily_unix(path: str) -> str:
    run = f'{path}python3 "$HOME/Downloads/{PROGRAM}" run "$HOME/.backup_folders.json"'
    return f"(crontab -l 2>/dev/null; echo '{_CRON} {run}') | crontab -"


def _line(step: str, value: str) -> Line:
    names = {
        "install": _("1. Install what it needs"),
        "begin": _("2. Begin: put in where the copies go, and the folders"),
        "address": _("3. It asks for an address: this one, which nobody else may know"),
        "daily": _("4. Back up every day at a quarter past twelve"),
    }
    return Line(step, names[step], value)
