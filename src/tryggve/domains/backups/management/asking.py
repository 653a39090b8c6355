"""Asking the person at the terminal, or reading the same from standard input where they said so."""

import getpass
import sys
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal

_LONGEST_LINE: Final = 4000
_CLEAR: Final = "\x1b[2J\x1b[3J\x1b[H"  # the screen, what was scrolled away, and to the top (ECMA-48, xterm)


class NoTerminal(Refusal):
    """Nobody is there to be asked."""


class Asking:
    """``from_input``: secrets come line by line from standard input, and nothing else is asked."""

    def __init__(self, *, from_input: bool, write: Callable[[str], object]) -> None:
        self._from_input = from_input
        self._write = write

    @property
    def is_answered(self) -> bool:
        """Whether somebody is there who reads and types."""
        return not self._from_input and sys.stdin.isatty() and sys.stdout.isatty()

    def line(self, question: str, *, option: str) -> str:
        """Something that isn't secret. Raises NoTerminal, which names the option that says the same."""
        if not self.is_answered:
            raise NoTerminal(
                _("Nobody is there to be asked. Nothing was changed. Say it with %(option)s.")
                % {"option": option}
            )
        self._write(question)
        return _line().strip()

    def secret(self, question: str) -> str:
        """Typed without being shown. Raises NoTerminal."""
        if self._from_input:
            return _line()
        self._require_terminal()
        return getpass.getpass(question)

    def shares(self, questions: tuple[str, ...]) -> list[str]:
        """Words from paper are seen while they are typed, since nobody types 33 blindly; then the screen is cleared."""
        if self._from_input:
            return [_line() for _question in questions]
        self._require_terminal()
        typed = []
        for question in questions:
            self._write(question)
            typed.append(_line())
        self._write(_CLEAR)
        return typed

    def again(self, refusal: Refusal) -> None:
        """Who sits there is told, and tries once more; a program ends with it."""
        if not self.is_answered:
            raise refusal
        self._write(f"{refusal}\n")

    def _require_terminal(self) -> None:
        if not self.is_answered:
            raise NoTerminal(
                _(
                    "Nobody is there to be asked. With «-» the secrets are read from standard input, a line each."
                )
            )


def _line() -> str:
    line = sys.stdin.readline(_LONGEST_LINE)
    if not line:
        raise NoTerminal(_("There was nothing more to read. Nothing was changed."))
    return line.rstrip("\r\n")
