import json
import os
import pwd
import sys
from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """A verb of ``./tryggve``. Exit status: 0 done, 1 the answer is no, 2 a wrong request, 3 locked or key missing."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser("tryggve", subcommand, **kwargs)
        for action in parser._actions:
            if {
                "--settings",
                "--pythonpath",
                "--traceback",
                "--no-color",
                "--force-color",
                "--version",
                "--verbosity",
                "--skip-checks",
            } & set(action.option_strings):
                action.help = SUPPRESS
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        shared_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        status = self.run(options)
        if status:
            sys.exit(status)

    def run(self, options: dict[str, Any]) -> int:
        """Do the work; the returned number is the exit status, 0 or 1. Refusals are raised."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        self.stdout.write(text)

    def say_json(self, value: object) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def shared_options(parser: ArgumentParser, *, again: bool = False) -> None:
    """What every command takes; ``again`` for a verb within a command, which must not overrule the outer one.

    The folders were read by the command line before; they stand here to be told by ``--help``.
    """
    parser.add_argument("--data", metavar="DIR", default=SUPPRESS, help=_("the folder with the data"))
    parser.add_argument("--config", metavar="DIR", default=SUPPRESS, help=_("the folder with the keys"))
    json_default = SUPPRESS if again else False
    parser.add_argument("--json", action="store_true", default=json_default, help=_("answer with JSON"))


def machine_actor() -> str:
    """What the audit log calls a command: it acts for the user of this machine who runs it."""
    return f"machine:{pwd.getpwuid(os.getuid()).pw_name}"
