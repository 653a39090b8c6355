"""What the law has the company keep of customers, those who were erased too; who asks for the words logs that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tryggve import vault
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import KeptByLaw

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Fact:
    """One of them; ``words`` is None when it can't be opened."""

    id: UUID
    customer: UUID
    rule: str
    counted_from: date
    until: date
    written_at: datetime
    words: str | None


def facts_of(customer: UUID) -> list[Fact]:
    """Of one customer, the newest first. Raises vault.Locked."""
    return _opened(KeptByLaw.objects.filter(customer_ref=customer).order_by("-written_at", "-pk"))


def facts_of_erased(number: int, *, is_shown: bool = True) -> Page[Fact]:
    """Of customers who were erased, what ends first before the others; none unless shown. Raises vault.Locked."""
    found = KeptByLaw.objects.filter(is_alone=True) if is_shown else KeptByLaw.objects.none()
    rows = found.order_by("until", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = _opened(page.object_list)  # type: ignore[assignment]  # the same page, with what rows say
    return page  # type: ignore[return-value]


def told_of(customer: UUID) -> Mapping[str, Any]:
    """What a receipt says is kept of a customer: rules, days and counts; empty where nothing is."""
    rows = KeptByLaw.objects.filter(customer_ref=customer).order_by("until", "rule")
    counted = rows.values_list("rule", "until").annotate(count=Count("pk"))
    kept = [{"rule": rule, "until": until.isoformat(), "count": count} for rule, until, count in counted]
    return {"by_law": kept} if kept else {}


def keys_in_use() -> Iterator[UUID]:
    """The key of each of them."""
    yield from KeptByLaw.objects.values_list("key_ref", flat=True).iterator()


def _opened(rows: Iterable[KeptByLaw]) -> list[Fact]:
    found = list(rows)
    keys = vault.keyring().loaded(row.key_ref for row in found)
    return [
        Fact(
            row.pk, row.customer_ref, row.rule, row.counted_from, row.until, row.written_at, _words(row, keys)
        )
        for row in found
    ]


def _words(row: KeptByLaw, keys: vault.Loaded) -> str | None:
    bound_to = sealing.by_law_binding(row.pk, row.customer_ref)
    try:
        return keys.open(bytes(row.words_sealed), bound_to=bound_to).decode()
    except vault.CannotOpen:
        return None
