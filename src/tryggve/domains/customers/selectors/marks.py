"""By what everybody in the register is known again elsewhere, for who compares it with what stands in files."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import Max

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.known_by import ValueMarks
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.setup import api as setup

_AT_ONCE = 1000
_Row = tuple[UUID, int, bytes | memoryview, int, bytes | memoryview | None]


def marks_of_everybody() -> Iterator[tuple[UUID, list[str]]]:
    """Of each customer who is kept: numbers, e-mails, telephone numbers and the name, as ``ValueMarks`` tells them.

    A card that can't be opened is left out. Raises vault.Locked.
    """
    known = ValueMarks(setup.firm_country())
    rows = Customer.objects.filter(state__in=Customer.KEPT).values_list(
        "pk", "revision", "details_sealed", "sensitive_revision", "sensitive_sealed"
    )
    for some in sealing.batches(rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        numbers = dict(_numbers(some))
        for customer, details in sealing.opened((row[0], row[1], row[2]) for row in some):
            yield customer, _marks(known, details, numbers.get(customer, ()))


def marks_of(customer: UUID) -> list[str]:
    """The same of one, nothing for who isn't kept nor for a damaged one. Two questions. Raises vault.Locked."""
    row = Customer.objects.filter(pk=customer, state__in=Customer.KEPT).first()
    if row is None:
        return []
    try:
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        numbers = [number.digits for number in sealing.opened_sensitive(row).numbers]
    except vault.CannotOpen:
        return []
    return _marks(ValueMarks(setup.firm_country()), details, numbers)


def names_of_everybody() -> Iterator[str]:
    """Of each person who is kept. A card that can't be opened is left out. Raises vault.Locked."""
    rows = Customer.objects.filter(state__in=Customer.KEPT).values_list("pk", "revision", "details_sealed")
    for some in sealing.batches(rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        for _customer, details in sealing.opened(iter(some)):
            yield details.name


def newest_change() -> int:
    """Another number each time that somebody in the register was added, changed or removed."""
    return CustomerChange.objects.aggregate(newest=Max("seq"))["newest"] or 0


def _marks(known: ValueMarks, details: Details, numbers: Iterable[str]) -> list[str]:
    said = [
        *map(known.number, numbers),
        *map(known.email, details.emails),
        *map(known.phone, details.phones),
        known.name(details.name),
    ]
    return list(filter(None, said))


def _numbers(rows: list[_Row]) -> Iterator[tuple[UUID, list[str]]]:
    """Digits of the identity numbers in sensitive compartments."""
    there = [(row[0], row[3], bytes(row[4])) for row in rows if row[4] is not None]
    keys = vault.keyring().loaded(vault.key_id_of(blob) for _customer, _revision, blob in there)
    for customer, revision, blob in there:
        with suppress(vault.CannotOpen):
            plain = keys.open(blob, bound_to=sealing.sensitive_binding(customer, revision))
            yield customer, [number.digits for number in Sensitive.from_bytes(plain).numbers]
