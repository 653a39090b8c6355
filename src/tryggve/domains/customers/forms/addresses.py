"""Several addresses on one form: fields that are numbered, and one set more than there are addresses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.engine.details import Address

# A card has a few; what an import brought beyond this is kept as it is.
MOST = 40
LONGEST = 200
_FIELDS = {
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "country": _("Country"),
}


def fields_for(count: int) -> Iterator[tuple[str, forms.Field]]:
    """The fields of that many addresses, by their names on the form."""
    for place in range(count):
        for part, label in _FIELDS.items():
            yield _name(place, part), forms.CharField(label=label, max_length=LONGEST, required=False)


def count_in(data: Mapping[str, Any]) -> int:
    """How many addresses a sent form has; the first that is missing ends them."""
    return next((place for place in range(MOST) if _name(place, "street") not in data), MOST)


def names_of(place: int) -> list[str]:
    """What the fields of one address are called."""
    return [_name(place, part) for part in _FIELDS]


def read(answers: Mapping[str, Any], count: int) -> tuple[Address, ...]:
    """Those that aren't empty: an address is removed by emptying it."""
    found = (Address(*(answers[name] for name in names_of(place))) for place in range(count))
    return tuple(address for address in found if address != Address())


def written(addresses: Iterable[Address]) -> dict[str, str]:
    """The addresses as the fields show them."""
    return {
        _name(place, part): getattr(address, part)
        for place, address in enumerate(addresses)
        for part in _FIELDS
    }


def _name(place: int, part: str) -> str:
    return f"{part}_{place}"
