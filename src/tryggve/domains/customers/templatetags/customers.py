"""How pages write what is known of customers. ``{% load customers %}`` in a template."""

from django import template

from tryggve.domains.customers.engine.details import Address
from tryggve.domains.customers.engine.values.grouping import grouped_address, grouped_phone
from tryggve.domains.customers.engine.values.phones import Country

register = template.Library()


@register.filter
def as_phone(phone: str, country: Country | None) -> str:
    """The number in groups, if it was kept as bare digits in a firm of that country."""
    return grouped_phone(phone, country or "SE")


@register.filter
def as_place(address: Address, country: Country | None) -> str:
    """Postcode and town, the postcode in groups if it was kept as bare digits."""
    place = grouped_address(address, country or "SE")
    return " ".join(filter(None, (place.postcode, place.city)))
