from collections.abc import Collection
from datetime import datetime
from typing import Final

from tryggve.controls import registry
from tryggve.controls import services as controls
from tryggve.domains.exposure.selectors import ABOUT_MAIL

# What depends on the domains and sites that are watched.
ABOUT_SITES: Final = ("WEB-01", "CRY-02")
ALL: Final = (ABOUT_MAIL, *ABOUT_SITES)


def measure_again(*, actor: str, at: datetime, only: Collection[str] = ALL) -> None:
    """Have what is about domains and sites looked at soon, before what is only due."""
    for control in only:
        if control in registry.measures():
            controls.measure_again(control=control, actor=actor, at=at)
