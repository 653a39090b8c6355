from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django_stubs_ext import StrOrPromise

from tryggve.accounts.policy import Reach
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Relation
from tryggve.domains.customers.words.relations import WORDS


@dataclass(frozen=True, slots=True)
class Related:
    """Another customer, and what they are to the one whose card this is; with how to reach a contact person."""

    relation: UUID
    words: StrOrPromise
    customer: UUID
    details: Details
    is_contact: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """Those within reach, contact persons first; of the others no more than how many there are."""

    related: Sequence[Related]
    hidden: int


def relations_of(customer: UUID, reach: Reach) -> Relations:
    """One question, whatever their number. The caller has asked whether the card is within reach, and logs the look."""
    rows = _rows(Q(customer=customer) | Q(other=customer))
    others = {row.pk: row.other if row.customer_id == customer else row.customer for row in rows}
    visible = {
        pk: one
        for pk, one in others.items()
        if one.state == Customer.State.ACTIVE and reach.covers(one.responsible_ref)
    }
    opened = dict(sealing.opened((one.pk, one.revision, one.details_sealed) for one in visible.values()))
    related = [
        _related(row, customer, opened[visible[row.pk].pk])
        for row in rows
        if row.pk in visible and visible[row.pk].pk in opened
    ]
    hidden = sum(one.state == Customer.State.ACTIVE and pk not in visible for pk, one in others.items())
    return Relations(sorted(related, key=_order), hidden)


def _rows(which: Q) -> list[Relation]:
    sides = ("customer", "other")
    needed = ("id", "state", "revision", "details_sealed", "responsible_ref")
    fields = [f"{side}__{name}" for side in sides for name in needed]
    return list(Relation.objects.filter(which).select_related(*sides).only("kind", *fields).order_by("pk"))


def _related(row: Relation, customer: UUID, details: Details) -> Related:
    is_told_here = row.customer_id == customer
    words = WORDS[row.kind]
    return Related(
        relation=row.pk,
        words=words.there if is_told_here else words.back,
        customer=row.other_id if is_told_here else row.customer_id,
        details=details,
        is_contact=row.kind == Relation.Kind.CONTACT and not is_told_here,
    )


def _order(related: Related) -> tuple[bool, str, str]:
    return (not related.is_contact, str(related.words), related.details.title.casefold())
