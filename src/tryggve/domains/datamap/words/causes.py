"""Why looking through a place failed, in people's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

CAUSES: Final[Mapping[str, Promise]] = {
    "broke": pgettext_lazy("scan", "Tryggve broke off; it tries again within an hour"),
    "cannot-open": pgettext_lazy("scan", "what was written down of the place can't be opened"),
    "certificate": pgettext_lazy("scan", "the mail server couldn't prove who it is"),
    "empty": pgettext_lazy("scan", "the disk isn't there, or another one is"),
    "hung-up": pgettext_lazy("scan", "the mail server broke off"),
    "no-answer": pgettext_lazy("scan", "the mail server didn't answer in time"),
    "no-encryption": pgettext_lazy("scan", "the mail server doesn't encrypt"),
    "nobody-there": pgettext_lazy("scan", "no mail server answers there"),
    "not-let-in": pgettext_lazy("scan", "the mail server refuses the password"),
    "unknown-host": pgettext_lazy("scan", "there is no mail server of that name"),
    "unreachable": pgettext_lazy("scan", "the place can't be reached"),
}


def told(cause: str) -> str:
    return str(CAUSES.get(cause, gettext_lazy("nobody knows why")))
