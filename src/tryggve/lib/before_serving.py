"""What is done at each start before anybody is served: what a copy that was put back has forgotten, above all."""

import logging
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

Deed = Callable[[datetime], None]

_deeds: list[Deed] = []


def before_serving(deed: Deed) -> Deed:
    """Have this done at each start, while nobody is served; a routine does again what failed."""
    _deeds.append(deed)
    return deed


def do_all(now: datetime) -> None:
    """Do each of them. One that fails is told in the program's log, and holds up neither the others nor the start."""
    for deed in _deeds:
        try:
            deed(now)
        except Exception as error:  # noqa: BLE001 - a register that can't be started helps nobody
            facts = {"deed": deed.__name__, "error": type(error).__name__}
            logger.error("a deed before serving failed", extra={"facts": facts})
