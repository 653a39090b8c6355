import re
from argparse import ArgumentTypeError
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal

_AS_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DateTooFar(Refusal):
    """The day lies beyond what can be counted."""

    def __init__(self) -> None:
        super().__init__(_("That date is too far away to count from. Is the year right?"))


def day(text: str) -> date:
    """A date as an option has it, ``2026-11-22``. Raises ArgumentTypeError."""
    try:
        if _AS_WRITTEN.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 30 February
    raise ArgumentTypeError(
        _("«%(text)s» is no date. Write year, month and day: 2026-11-22") % {"text": text}
    )


def in_words(one: date) -> str:
    """The date as the reader's language writes it."""
    return formats.date_format(one, "DATE_FORMAT")
