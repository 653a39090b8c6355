"""Possible doubles, two cards side by side, and what was merged into a card."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.comparison import doubles, one_card
from tryggve.domains.customers.engine.comparison.doubles import Pair, Why
from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.models import Customer, CustomerChange, Merge, ToldApart
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.words import merges as merge_words
from tryggve.domains.setup import api as setup

PAGE_SIZE = 25
# A chain of merges is followed no further: each made the next card within a month or so.
_LONGEST_CHAIN = 50


class Double(NamedTuple):
    """Two cards that may be one customer's, and why."""

    first: tuple[UUID, Details]
    second: tuple[UUID, Details]
    why: Why


@dataclass(frozen=True)
class SideBySide:
    """Two cards, and what the kept one would say; ``joined`` is None when there is too much for one card."""

    kept: register.Card
    gone: register.Card
    joined: Details | None

    def parts(self, own: Sequence[Field]) -> list[merge_words.Part]:
        """What the two cards and the kept one say, in words."""
        before = self.kept.details
        return merge_words.parts_of(before, self.gone.details, after=self.joined or before, own=own)


@dataclass(frozen=True)
class Undoable:
    """A merge into a card that can still be undone, and until when."""

    id: UUID
    made_at: datetime
    until: datetime


def possible_doubles(
    *, number: int, actor: str, at: datetime, reach: Reach, with_numbers: bool
) -> Page[Double]:
    """A page of pairs in force and within reach, the likeliest first.

    Those of whom somebody said that they are two aren't among them; nor, without numbers, is told who shares an
    identity number. Raises vault.Locked.
    """
    vault.keyring().require_unlocked()
    apart = frozenset(ToldApart.objects.values_list("first_id", "second_id"))
    found = _pairs(_last_change(), reach.people, apart, setup.firm_country(), with_numbers)
    page = Paginator(found, PAGE_SIZE).get_page(number)
    pairs = _opened(list(page.object_list))
    audit.look(actions.DOUBLES_LISTED, actor=actor, at=at, shown=len(pairs))
    return Page(pairs, page.number, page.paginator)  # type: ignore[arg-type]  # of pairs; it counts, no more


def side_by_side(
    *, kept: UUID, gone: UUID, from_gone: Collection[str] = (), actor: str, at: datetime, reach: Reach
) -> SideBySide:
    """Both cards, opened. Raises register.NoSuchCustomer, policy.Refused and vault.CannotOpen."""
    one, other = register.opened_card(kept, reach), register.opened_card(gone, reach)
    for card, beside in ((one, gone), (other, kept)):
        audit.look(actions.MERGE_PREVIEWED, actor=actor, at=at, subject=card.id, other=str(beside))
    try:
        both = one_card.joined(one.details, other.details, setup.firm_country(), from_gone=from_gone)
    except one_card.TooMuchForOneCard:
        both = None
    return SideBySide(one, other, both)


def undoable_merges(customer: UUID, *, at: datetime, lasting: timedelta) -> list[Undoable]:
    """What was merged into this card so lately that it can be undone, the last first. One question."""
    rows = Merge.objects.filter(kept_ref=customer, undone_at=None, made_at__gte=at - lasting)
    there = rows.exclude(key_ref=None).order_by("-pk").values_list("pk", "made_at")
    return [Undoable(merge, made_at, made_at + lasting) for merge, made_at in there]


def kept_instead_of(customer: UUID) -> UUID | None:
    """The card in force that this one was merged into; None for one that was merged into none."""
    kept = led_on([str(customer)]).get(str(customer))
    return UUID(kept) if kept else None


def led_on(customers: Iterable[str]) -> dict[str, str]:
    """Of those of them who were merged into another: the card in force that stands for each now.

    Two questions for each thousand and each step of their chains.
    """
    return {str(gone): str(kept) for some in sealing.batches(customers) for gone, kept in _led_on(some)}


def _led_on(customers: Iterable[str]) -> Iterator[tuple[UUID, UUID]]:
    reached = {UUID(customer): UUID(customer) for customer in customers}
    for _step in range(_LONGEST_CHAIN):
        merges = Merge.objects.filter(gone_ref__in=set(reached.values()), undone_at=None).order_by("pk")
        kept = dict(merges.values_list("gone_ref", "kept_ref"))
        reached = {gone: kept[card] for gone, card in reached.items() if card in kept}
        if not reached:
            return
        there = Customer.objects.filter(pk__in=set(reached.values()), state=Customer.State.ACTIVE)
        in_force = set(there.values_list("pk", flat=True))
        yield from ((gone, card) for gone, card in reached.items() if card in in_force)
        reached = {gone: card for gone, card in reached.items() if card not in in_force}


def _last_change() -> tuple[object, ...]:
    """Another one whenever a customer changed: the count too, as what is committed late has an earlier number."""
    changes = CustomerChange.objects.order_by("-seq")
    return changes.count(), changes.values_list("seq", "customer_ref", "batch_ref").first()


@lru_cache(maxsize=8)
def _pairs(
    _since: tuple[object, ...],
    people: frozenset[UUID] | None,
    apart: frozenset[tuple[UUID, UUID]],
    country: Country,
    with_numbers: bool,
) -> Sequence[Pair]:
    """Ids and kinds alone, kept until a customer changes: the whole register is opened for them."""
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("pk")
    if people is not None:
        rows = rows.filter(responsible_ref__in=people)
    sealed = rows.values_list("pk", "revision", "details_sealed").iterator(chunk_size=1000)
    return doubles.pairs(sealing.opened(sealed), country, apart=apart, with_numbers=with_numbers)


def _opened(pairs: Sequence[Pair]) -> list[Double]:
    both = {customer for pair in pairs for customer in (pair.first, pair.second)}
    rows = Customer.objects.filter(pk__in=both, state=Customer.State.ACTIVE)
    known = dict(sealing.opened(rows.values_list("pk", "revision", "details_sealed")))
    return [
        Double((pair.first, known[pair.first]), (pair.second, known[pair.second]), pair.why)
        for pair in pairs
        if pair.first in known and pair.second in known
    ]
