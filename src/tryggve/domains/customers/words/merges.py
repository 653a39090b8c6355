"""Two cards side by side, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.comparison import one_card
from tryggve.domains.customers.engine.comparison.comparing import PARTS
from tryggve.domains.customers.engine.comparison.doubles import Why
from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.words import parts as part_words

WHY: Mapping[Why, StrOrPromise] = {
    "same_number": _("the same identity number"),
    "same_name_and_address": _("the same name and address"),
    "same_email": _("the same e-mail address"),
    "same_phone": _("the same telephone number"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the cards: what each says, what the kept one would say, and whether somebody is to choose."""

    name: str
    title: str
    kept: str
    gone: str
    after: str
    is_choice: bool


def parts_of(kept: Details, gone: Details, *, after: Details, own: Sequence[Field]) -> list[Part]:
    """Every part of which either card says something, in the order of the form."""
    names = {name for name in (*PARTS, *(field.id for field in own)) if _is_told(name, kept, gone)}
    told = part_words.differences(names, kept, gone, taken=set(), own=own)
    results = part_words.differences(names, after, gone, taken=set(), own=own)
    ordered = [name for name in (*PARTS, *(field.id for field in own)) if name in names]
    chosen = one_card.differing(kept, gone)
    return [
        Part(name, one.title, one.mine, one.theirs, result.mine, name in chosen)
        for name, one, result in zip(ordered, told, results, strict=True)
    ]


def _is_told(name: str, *cards: Details) -> bool:
    return any(getattr(card, name) if name in PARTS else dict(card.custom).get(name) for card in cards)
