"""Why a control is unknown, in codes that are never renamed, and in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.controls.engine.standing import CLOCK, NEVER_MEASURED, NOT_BUILT

__all__ = ["CAUSES", "CLOCK", "NEVER_MEASURED", "NOT_BUILT", "CannotMeasure"]

RAISED: Final = "raised"
TIMED_OUT: Final = "timed-out"
MEMORY: Final = "memory"
DIED: Final = "died"
BAD_ANSWER: Final = "bad-answer"
LOCKED: Final = "locked"
CHANGED: Final = "changed"

CAUSES: Final[Mapping[str, StrOrPromise]] = {
    NOT_BUILT: _("Tryggve can't measure this yet."),
    NEVER_MEASURED: _("This has not been measured yet."),
    RAISED: _("The measurement stopped with a fault in Tryggve itself."),
    TIMED_OUT: _("The measurement took too long and was stopped."),
    MEMORY: _("The measurement needed too much memory and was stopped."),
    DIED: _("The measurement ended before it gave an answer."),
    BAD_ANSWER: _("The measurement gave an answer that Tryggve doesn't understand."),
    LOCKED: _("The register was locked."),
    CLOCK: _("The clock of this computer was set back: the last measurement lies in the future."),
    CHANGED: _(
        "What was measured is no longer what the log says of it: somebody changed it in the database. It doesn't "
        "count, and is measured again."
    ),
}


class CannotMeasure(Exception):
    """Raised by a function that measures, when it can't: its code is one that the control declared."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
