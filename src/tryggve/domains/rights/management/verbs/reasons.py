import sys

from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal


class NoReason(Refusal):
    """Nothing was said why."""

    sentence = _("Say why. Nothing was done. The reason is kept in the log.")


def reason_in(text: str) -> str:
    """Why, as the command line has it, or standard input for a dash. Raises NoReason."""
    given = sys.stdin.buffer.read().decode(sys.stdin.encoding, errors="replace") if text == "-" else text
    # Bytes that are no letters in the terminal's encoding could be kept nowhere.
    reason = given.encode(errors="surrogateescape").decode(errors="replace").strip()
    if not reason:
        raise NoReason
    return reason
