"""Reading what a person told of a place."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from tryggve.domains.backups import other_computers
from tryggve.lib.errors import Refusal

_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?")
_PORTS: Final = range(1, 65536)


class Untold(Refusal):
    """Something is missing or can't be; the sentence names it."""


def host(told: str) -> str:
    """A computer's name or address. Raises Untold."""
    if not _HOST.fullmatch(told):
        raise Untold(
            _("This is no computer's name or address. Nothing was changed. Write it as in backup.firm.se.")
        )
    return told.strip("[]")


def port(told: str, *, usual: int) -> int:
    """A port's number; the usual one where nothing was told. Raises Untold."""
    if not told:
        return usual
    if not (told.isascii() and told.isdecimal() and int(told) in _PORTS):
        raise Untold(_("A port is a number from 1 to 65535. Nothing was changed."))
    return int(told)


def web_address(told: str) -> SplitResult:
    """An https:// address without anybody's name in it; http:// to this computer alone. Raises Untold."""
    try:
        parts = urlsplit(told)
        is_right = bool(parts.hostname) and not (
            parts.username or parts.password or parts.query or parts.fragment
        )
        parts.port  # noqa: B018 - reading it raises for what is no port
    except ValueError:
        is_right = False
    if not is_right or parts.scheme not in {"https", "http"}:
        raise Untold(_("This is no address. Nothing was changed. Write it as in https://backup.firm.se."))
    if parts.scheme == "http" and other_computers.is_other(parts.hostname or ""):
        raise Untold(
            _(
                "The address must begin with https://, or others on the way could read the password. Nothing was "
                "changed."
            )
        )
    return parts


def words(told: str, missing: str) -> str:
    """Something on one line. Raises Untold, with that sentence where nothing was told."""
    if not told:
        raise Untold(missing)
    if not told.isprintable():
        raise Untold(_("It must be one line, without special characters. Nothing was changed."))
    return told
