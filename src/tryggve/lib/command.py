import json
import sys
import unicodedata
from argparse import SUPPRESS, ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from tryggve.lib import argparse_words

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What Django's own commands offer and ours don't: another program must not be run in their place.
_FIXED = {
    "settings": None,
    "pythonpath": None,
    "traceback": False,
    "no_color": False,
    "force_color": False,
    "verbosity": 1,
}


class Parser(CommandParser):
    """Reads a command's words. An option is written out: ``--dat`` would else be read as ``--data``, too late."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and how it is done, with the verbs where there are some; exit status 2."""
        tell = self.print_help if self._subparsers else self.print_usage
        tell(sys.stderr)
        told = _("This command can't be understood: %(reason)s. Nothing was changed.") % {"reason": message}
        self.exit(2, f"{told}\n")


class Command(BaseCommand):
    """A verb of ``./tryggve``. Exit status: 0 done, 1 the answer is no, 2 a wrong request, 3 locked or key missing."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        argparse_words.translate()
        parser = Parser(prog=f"./tryggve {subcommand}", description=self.help or None, **kwargs)
        parser.set_defaults(**_FIXED)
        self.add_arguments(parser)
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
        self.stdout.write("".join(map(_harmless, text)))

    def say_json(self, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        self.stdout.write("".join(map(_escaped, text)))


def _is_control(letter: str) -> bool:
    """Whether a terminal may act on it (C0, C1) or it turns the text around (Unicode UAX #9)."""
    return letter in _TURNING or (unicodedata.category(letter) == "Cc" and letter not in "\n\t")


def _harmless(letter: str) -> str:
    # A list from outside must not command the terminal of who reads it.
    return "\N{REPLACEMENT CHARACTER}" if _is_control(letter) else letter


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if _is_control(letter) else letter


def shared_options(parser: ArgumentParser, *, again: bool = False) -> None:
    """What every command takes; ``again`` for a verb within a command, which must not overrule the outer one.

    The folders were read by the command line before; they stand here to be told by ``--help``.
    """
    parser.add_argument("--data", metavar="DIR", default=SUPPRESS, help=_("the folder with the data"))
    parser.add_argument("--config", metavar="DIR", default=SUPPRESS, help=_("the folder with the keys"))
    json_default = SUPPRESS if again else False
    parser.add_argument("--json", action="store_true", default=json_default, help=_("answer with JSON"))
