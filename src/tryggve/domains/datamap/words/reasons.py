"""Why a file wasn't looked through, in people's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

_REASONS: Final[Mapping[str, Promise]] = {
    "changed": pgettext_lazy("not scanned", "changed while it was read"),
    "damaged": pgettext_lazy("not scanned", "damaged, or not what its name says"),
    "encrypted": pgettext_lazy("not scanned", "locked with a password"),
    "link": pgettext_lazy("not scanned", "a link to something else"),
    "needs-ocr": pgettext_lazy("not scanned", "a picture, and reading text in pictures isn't installed"),
    "no-file": pgettext_lazy("not scanned", "no file but a device or a pipe"),
    "not-a-file": pgettext_lazy("not scanned", "a link or a device in an archive"),
    "no-permission": pgettext_lazy("not scanned", "this user may not read it"),
    "no-reader": pgettext_lazy("not scanned", "what reads such files isn't installed"),
    "partly": pgettext_lazy("not scanned", "only some of it could be read"),
    "too-deep": pgettext_lazy("not scanned", "files within files within files"),
    "too-large": pgettext_lazy("not scanned", "too large when unpacked"),
    "took-too-long": pgettext_lazy("not scanned", "it took too long"),
    "unknown-format": pgettext_lazy("not scanned", "of a kind that isn't known"),
    "unreadable": pgettext_lazy("not scanned", "its disk doesn't give it"),
    "vanished": pgettext_lazy("not scanned", "gone since the folder was listed"),
}


def told(reason: str) -> str:
    return str(_REASONS.get(reason, gettext_lazy("it couldn't be read")))
