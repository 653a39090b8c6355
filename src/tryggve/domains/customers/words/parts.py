"""The parts of a customer's details in words, as two versions of them are laid side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.comparison.comparing import PARTS
from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.words import custom_fields as custom_words
from tryggve.domains.customers.words import history as history_words

KINDS: Mapping[str, StrOrPromise] = {"person": _("Person"), "organisation": _("Organisation")}
STATUSES: Mapping[str, StrOrPromise] = {
    "": _("Not said"),
    "prospect": _("Prospect"),
    "customer": _("Customer"),
    "former": _("Former customer"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that two people wrote differently; ``is_taken`` when the form now shows the other one's."""

    title: str
    mine: str
    theirs: str
    is_taken: bool


def differences(
    names: set[str], mine: Details, theirs: Details, *, taken: set[str], own: Sequence[Field]
) -> list[Difference]:
    """Those parts, in the order of the form."""
    fields = {field.id: field for field in own}
    return [
        Difference(
            title=_title(name, fields),
            mine=_text(mine, name, fields),
            theirs=_text(theirs, name, fields),
            is_taken=name in taken,
        )
        for name in (*PARTS, *fields)
        if name in names
    ]


def address_in_a_line(address: Address) -> str:
    """Street, postcode and town, country."""
    place = " ".join(filter(None, (address.postcode, address.city)))
    return ", ".join(filter(None, (address.street, place, address.country)))


def _title(name: str, fields: Mapping[str, Field]) -> str:
    return fields[name].name if name in fields else capfirst(str(history_words.PARTS[name]))


def _text(details: Details, name: str, fields: Mapping[str, Field]) -> str:
    if name in fields:
        return custom_words.shown_answer(fields[name], dict(details.custom).get(name, ""))
    match name:
        case "kind":
            return str(KINDS[details.kind])
        case "status":
            return str(STATUSES[details.status])
        case "addresses":
            return "\n".join(map(address_in_a_line, details.addresses))
        case "emails" | "phones":
            return "\n".join(getattr(details, name))
        case "tags":
            return ", ".join(details.tags)
    return str(getattr(details, name))
