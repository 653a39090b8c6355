"""What people and their programs are called, by what the log calls them."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from tryggve.accounts import selectors as accounts
from tryggve.accounts import tokens
from tryggve.accounts.selectors import Colleague
from tryggve.audit import actors

_PROGRAM = "token:"


def everybody() -> Sequence[Colleague]:
    """All who work here or did; one question."""
    return accounts.colleagues()


def names_of(who: Collection[str], everybody: Sequence[Colleague]) -> Mapping[str, str]:
    """The names of those actors that are people or programs; programs are asked for only when one is among them."""
    names = {actors.user(one.id): one.name for one in everybody}
    if any(actor.startswith(_PROGRAM) for actor in who):
        words = _("%(program)s, a program of %(person)s")
        for token, name, whose in tokens.named():
            names[actors.token(token)] = words % {"program": name, "person": whose}
    return names
