"""What is done before a database is brought to this version: copies of it go to other places, above all."""

import logging
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

Say = Callable[[str], None]
# The database is still as the older program left it: a deed reads no table of which it doesn't know how it looks.
Deed = Callable[[datetime, Say], None]

_deeds: list[Deed] = []


def before_upgrade(deed: Deed) -> Deed:
    """Have this done before each upgrade; it tells a person what came of it, and ends within its own deadline."""
    _deeds.append(deed)
    return deed


def do_all(now: datetime, say: Say) -> None:
    """Do each of them. One that fails is told in the program's log and holds up no upgrade."""
    for deed in _deeds:
        try:
            deed(now, say)
        except Exception as error:  # noqa: BLE001 - the copy on this computer is there in any case
            facts = {"deed": deed.__name__, "error": type(error).__name__}
            logger.error("a deed before an upgrade failed", extra={"facts": facts})
