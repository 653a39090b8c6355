"""Customers in force, as far as it takes to reach them; the caller logs it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.filters import tag_key
from tryggve.domains.customers.engine.values.emails import email_key, parse_email
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index


@dataclass(frozen=True, slots=True)
class Person:
    """What is needed of a customer to reach them and to call them by their name."""

    id: UUID
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    tags: tuple[str, ...]
    responsible: UUID | None
    # Under which what is written about this customer is sealed.
    key: UUID
    # Kept and seen, and used for nothing else: no message, no file (GDPR art. 18).
    is_restricted: bool = False


def person(customer: UUID) -> Person | None:
    """A customer in force; None for anybody else. Raises vault.CannotOpen and vault.Locked."""
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        return None
    return _person(row, sealing.opened_one((row.pk, row.revision, row.details_sealed)))


def people_tagged(tags: Collection[str], *, reach: Reach) -> list[Person]:
    """Customers in force with any of the tags, compared without case and accents; all when none is named.

    The oldest first. One question however many there are; a card that can't be opened is left out and told in the
    program's log. Raises vault.Locked.
    """
    wanted = set(map(tag_key, tags))
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("created_at", "pk")
    found = {row.pk: row for row in rows if reach.covers(row.responsible_ref)}
    opened = sealing.opened((row.pk, row.revision, row.details_sealed) for row in found.values())
    return [
        _person(found[customer], details)
        for customer, details in opened
        if not wanted or wanted & set(map(tag_key, details.tags))
    ]


def with_email(address: str, *, most: int) -> list[Person]:
    """Customers in force who can be reached there, no more than that many. Raises vault.CannotOpen and vault.Locked."""
    email = parse_email(address)
    if email is None:
        return []
    with register_index.fresh() as index:
        found = index.find(email, limit=most)
    people = filter(None, map(person, found))
    return [one for one in people if email_key(email) in map(email_key, one.emails)]


def _person(row: Customer, details: Details) -> Person:
    return Person(
        id=row.pk,
        name=details.title,
        emails=details.emails,
        phones=details.phones,
        tags=details.tags,
        responsible=row.responsible_ref,
        key=vault.key_id_of(bytes(row.details_sealed)),
        is_restricted=row.restricted_at is not None,
    )
