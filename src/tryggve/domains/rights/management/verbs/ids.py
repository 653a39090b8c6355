import sys
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal

_LONGEST_ID = 100


class NotAnId(Refusal):
    """What was given isn't a customer's id."""

    sentence = _("That is not a customer's id. «customers find» shows the ids.")


def customer_in(text: str) -> UUID:
    """The id as the command line has it, or standard input for a dash. Raises NotAnId."""
    given = sys.stdin.readline(_LONGEST_ID).strip() if text == "-" else text
    try:
        return UUID(given)
    except ValueError:
        raise NotAnId from None
