"""What one customer is to another, as each of their cards says it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.models import Relation

_Kind = Relation.Kind


class Words(NamedTuple):
    """On the card of the one whom the relation is told of, and on the other's. Alike when it goes both ways."""

    there: StrOrPromise
    back: StrOrPromise


WORDS: Mapping[str, Words] = {
    _Kind.CONTACT: Words(_("Contact person of"), _("Contact person")),
    _Kind.GUARDIAN: Words(_("Parent or guardian of"), _("Parent or guardian")),
    _Kind.PARTNER: Words(_("Spouse or partner"), _("Spouse or partner")),
    _Kind.FAMILY: Words(_("Family"), _("Family")),
    _Kind.REFERRED: Words(_("Recommended by"), _("Has recommended")),
    _Kind.OTHER: Words(_("Has to do with"), _("Has to do with")),
}
GOES_BOTH_WAYS = frozenset({_Kind.PARTNER, _Kind.FAMILY, _Kind.OTHER})
_BACK = "-back"


def choices() -> list[tuple[str, StrOrPromise]]:
    """What can be chosen on a card, in both directions; a code that ends in ``-back`` is told of the other one."""
    found: list[tuple[str, StrOrPromise]] = []
    for kind, words in WORDS.items():
        found.append((kind, words.there))
        if kind not in GOES_BOTH_WAYS:
            found.append((kind + _BACK, words.back))
    return found


def kind_of(choice: str) -> tuple[str, bool]:
    """The kind that was chosen, and whether it is told of the other one."""
    return choice.removesuffix(_BACK), choice.endswith(_BACK)
