"""What is unlike the backups before, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.engine.changes import Sign

WORDS: Final[Mapping[str, StrOrPromise]] = {
    Sign.JUMP: _("Much more was new than in the backups before."),
    Sign.FEWER_FILES: _("More than half of your files are gone since the backup before."),
    Sign.FEWER_ROWS: _("More than half of what the register held is gone since the backup before."),
    Sign.MOST_CHANGED: _("More than half of your files changed at once."),
    Sign.STRANGE_CONTENT: _("Several changed files don't hold what their names say: they look encrypted."),
}


def signs_in_words(codes: Iterable[str]) -> Sequence[StrOrPromise]:
    """A sentence for each code."""
    return [WORDS[one] for one in codes if one in WORDS]
