"""The cards that were merged into another one, which end with it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tryggve.domains.customers.models import Customer, Merge


class CardsLeft(Exception):
    """Nobody could reach these cards any more, nor would the log tell what became of them."""


def merged_into(customer: UUID) -> list[Customer]:
    """The cards that can still be brought back out of this one, the last first; those merged into them as well."""
    found: list[Customer] = []
    for gone in Merge.objects.filter(kept_ref=customer, undone_at=None).values_list("gone_ref", flat=True):
        row = Customer.objects.filter(pk=gone).exclude(state=Customer.State.ACTIVE).first()
        if row is not None:
            found += [row, *merged_into(gone)]
    return found


def cards_merged_into(customer: UUID) -> set[UUID]:
    """The ids of those cards: they end with this one."""
    return {row.pk for row in merged_into(customer)}


def among_merged(customers: Iterable[UUID]) -> set[UUID]:
    """Those of them whose card was merged into another's."""
    rows = Customer.objects.filter(state=Customer.State.MERGED, pk__in=list(customers))
    return set(rows.values_list("pk", flat=True))


def kept_cards(customers: Iterable[UUID]) -> set[UUID]:
    """Those of them into whom another card was merged, which wasn't undone."""
    merges = Merge.objects.filter(kept_ref__in=list(customers), undone_at=None)
    return set(merges.values_list("kept_ref", flat=True))


def is_being_settled() -> Q:
    """Of customers: those whose merge can't be undone any more, and isn't at its end either."""
    merges = Merge.objects.filter(gone_ref=OuterRef("pk"), undone_at=None).exclude(key_ref=None)
    return Q(Exists(merges))


def merge_keys_of(customers: list[UUID]) -> Iterator[UUID]:
    """The keys of the images that hold any of these."""
    either = Q(kept_ref__in=customers) | Q(gone_ref__in=customers)
    keys = Merge.objects.filter(either).values_list("key_ref", flat=True)
    yield from (key for key in keys if key is not None)


def erase_merges(customer: UUID) -> int:
    """Remove what tells of the merges into this card, images included.

    A card that went keeps the trace that leads old addresses to the card that is kept, for as long as there is one.
    Raises CardsLeft while cards that were merged into this one are there: each is erased as a customer, before it.
    """
    if away := merged_into(customer):
        raise CardsLeft(f"{len(away)} cards were merged into this one")
    erased, _by_model = Merge.objects.filter(kept_ref=customer).delete()
    return erased + Merge.objects.filter(gone_ref=customer).exclude(image_sealed=None).update(
        image_sealed=None
    )
