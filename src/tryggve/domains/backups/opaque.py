"""What a page or its address carries and nobody may read there: names of files, which may tell of people, and keys."""

import base64
import binascii
from typing import Final

from tryggve import vault
from tryggve.lib.errors import Missing

# What one address carries is no other's to show.
NAME: Final = "backups: what a page carries"
KEY: Final = "backups: a key that a page carries"
# Of a path on Linux, and more than a search takes.
_LONGEST: Final = 8_192


class NoSuchName(Missing):
    """Nobody was given that address."""


def hidden(name: str, *, what: str = NAME) -> str:
    """For an address or a form; another each time. Raises vault.Locked without the service key."""
    return base64.urlsafe_b64encode(
        vault.seal_for_service(what, name.encode("utf-8", "surrogateescape"))
    ).decode()


def shown(told: str, *, what: str = NAME) -> str:
    """What was hidden as that; empty for nothing. Raises NoSuchName, and vault.Locked without the service key."""
    if not told:
        return ""
    if len(told) > _LONGEST:
        raise NoSuchName
    try:
        blob = base64.urlsafe_b64decode(told.encode())
        return vault.open_for_service(what, blob).decode("utf-8", "surrogateescape")
    except (ValueError, binascii.Error, vault.CannotOpen):
        raise NoSuchName from None
