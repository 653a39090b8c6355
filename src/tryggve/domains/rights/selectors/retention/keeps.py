"""Who is kept although nothing needs them any more, and who is held by law or dispute."""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tryggve import vault
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import Keep


@dataclass(frozen=True, slots=True)
class Kept:
    """One decision; ``reason`` is None when it can't be opened."""

    id: UUID
    customer: UUID
    kind: str
    kind_in_words: str
    until: date | None
    decided_at: datetime
    decided_by: str
    reason: str | None

    @property
    def is_hold(self) -> bool:
        return self.kind == Keep.Kind.HOLD


def standing(today: date) -> QuerySet[Keep]:
    """The decisions that count on that day."""
    return Keep.objects.filter(Q(until=None) | Q(until__gte=today), ended_at=None)


def kept_of(customers: Collection[UUID], *, today: date) -> set[UUID]:
    """Those of them whom somebody decided to keep. One question."""
    rows = standing(today).filter(customer_ref__in=list(customers))
    return set(rows.values_list("customer_ref", flat=True))


def held_of(customers: Collection[UUID], *, today: date) -> set[UUID]:
    """Those of them who are held. One question."""
    rows = standing(today).filter(customer_ref__in=list(customers), kind=Keep.Kind.HOLD)
    return set(rows.values_list("customer_ref", flat=True))


def keeps_of(customer: UUID, *, today: date) -> list[Kept]:
    """What was decided of one customer and counts, the newest first; the caller logs the look. Raises vault.Locked."""
    rows = standing(today).filter(customer_ref=customer).order_by("-decided_at", "-pk")
    return opened(rows)


def opened(rows: Iterable[Keep]) -> list[Kept]:
    """With the reasons; keys are fetched at once. Raises vault.Locked."""
    found = list(rows)
    keys = vault.keyring().loaded(key for row in found for key in _key_of(row))
    return [_kept(row, keys) for row in found]


def _kept(row: Keep, keys: vault.Loaded) -> Kept:
    return Kept(
        id=row.pk,
        customer=row.customer_ref,
        kind=row.kind,
        kind_in_words=row.get_kind_display(),
        until=row.until,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=_reason(row, keys),
    )


def _key_of(row: Keep) -> Iterator[UUID]:
    with contextlib.suppress(vault.CannotOpen):  # told as a reason that can't be read
        yield vault.key_id_of(bytes(row.reason_sealed))


def _reason(row: Keep, keys: vault.Loaded) -> str | None:
    bound_to = sealing.keep_binding(row.pk, row.customer_ref)
    try:
        return keys.open(bytes(row.reason_sealed), bound_to=bound_to).decode()
    except vault.CannotOpen:
        return None
