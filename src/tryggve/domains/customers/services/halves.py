"""The two halves of a customer sealed together, one or many at once: details with tags, numbers apart from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import number_tags, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.imports.plan import Numbers
from tryggve.domains.customers.engine.sensitive import Sensitive


class ForNew(NamedTuple):
    """The sensitive half of a customer whose details were just sealed under that key."""

    customer: UUID
    key: UUID
    sensitive: Sensitive


def with_tags(details: Details, numbers: Sequence[IdentityNumber]) -> Details:
    """The details with the tags of those numbers and no others: what is known of them outside their own document."""
    return replace(details, number_tags=number_tags.made(numbers))


def tagged(customers: Mapping[UUID, Details], numbers: Numbers) -> dict[UUID, Details]:
    """The same for many new customers at once, most of whom have no number."""
    tags = number_tags.by_number({one for customer in customers for one in numbers.get(customer, ())})
    return {
        customer: replace(details, number_tags=tuple(tags[one] for one in numbers[customer]))
        if customer in numbers
        else details
        for customer, details in customers.items()
    }


def halves_of_new(details_sealed: Mapping[UUID, bytes], numbers: Numbers) -> dict[UUID, bytes]:
    """The sealed sensitive half of those new customers who have numbers, under the key that their details name.

    Their ``sensitive_revision`` is 0: what a customer came with is nobody's work, and an undo takes it back.
    """
    those = [customer for customer in details_sealed if customer in numbers]
    halves = sealed_for_new(
        (ForNew(one, vault.key_id_of(details_sealed[one]), Sensitive(numbers[one])) for one in those),
        revision=0,
    )
    return dict(zip(those, halves, strict=True))


def sealed_for_new(items: Iterable[ForNew], *, revision: int) -> list[bytes]:
    """The sealed documents, in order: ``sensitive_sealed`` of rows whose ``sensitive_revision`` is that.

    An import seals the details first, with the tags in them (``with_tags``), and names each blob's key here.
    """
    return list(
        vault.keyring().seal_many(
            (one.sensitive.to_bytes(), one.key, sealing.sensitive_binding(one.customer, revision))
            for one in items
        )
    )
