"""Who did something, as a page says it."""

from contextlib import suppress
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.accounts import selectors as accounts


def name_of(actor: str) -> str:
    """A person's name, of one who has left, too. One question."""
    kind, _colon, id = actor.partition(":")
    if kind == "user":
        with suppress(ValueError):
            return accounts.name_of(UUID(id)) or _("somebody who has left")
    return _("a command on this computer") if kind == "machine" else _("Tryggve itself")
