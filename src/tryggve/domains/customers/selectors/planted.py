"""What is asked about customers to see that nobody can read them on the disk."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db.models import BinaryField, CharField, EmailField, JSONField, Model, TextField

from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.readable_files import row_bytes
from tryggve.notices.models import MailServer

MOST_ADDRESSES = 500
_HOLDS_WORDS = (BinaryField, CharField, TextField, JSONField)


def left_behind() -> list[Customer]:
    """The customers that were made up and are still there."""
    return list(Customer.objects.filter(state=Customer.State.PLANTED))


def addresses_sought() -> frozenset[bytes]:
    """E-mail addresses of the newest customers, in small letters, that the database holds nowhere in the clear.

    People who work here and the company itself are known by theirs, by decision; of others in the same domain, which
    may be everybody's, none is. Raises vault.Locked.
    """
    open_ones = {address.strip().lower() for address in _readable_by_decision() if address}
    rows = Customer.objects.in_force().order_by("-pk")[:MOST_ADDRESSES]
    opened = sealing.opened([(row.pk, row.revision, row.details_sealed) for row in rows])
    found = {email.lower() for _customer, details in opened for email in details.emails}
    return frozenset(one.encode() for one in found - open_ones if one.isascii())


def tables_as_bytes() -> Iterator[bytes]:
    """Each row of every table of the product, as far as it holds words or bytes."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, _HOLDS_WORDS)]
        if names:
            rows = model._base_manager.values_list(*names).iterator(chunk_size=500)
            yield from map(row_bytes, rows)


def _readable_by_decision() -> Iterator[str]:
    for model, name in _email_fields():
        yield from model._base_manager.values_list(name, flat=True)
    yield from MailServer.objects.values_list("username", flat=True)


def _email_fields() -> Sequence[tuple[type[Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EmailField) or (isinstance(field, CharField) and field.name == "email")
    ]
