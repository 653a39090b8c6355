from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers import number_tags
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import (
    documents,
    import_jobs,
    leavings,
    left_over,
    merge_undo,
    records,
)
from tryggve.routines.registry import routine

KEEP_LEAVINGS = timedelta(days=30)
_MACHINE = "system"


@routine(
    "customers.finish-deletions",
    title=_("Finish deletions that were cut short"),
    every=timedelta(minutes=5),
    at_start=True,
)
def finish_deletions(now: datetime) -> None:
    records.finish_deletions(actor=_MACHINE, at=now)


@routine(
    "customers.remove-interrupted",
    title=_("Remove half-done imports"),
    every=timedelta(minutes=5),
    at_start=True,
)
def remove_interrupted(now: datetime) -> None:
    import_jobs.remove_interrupted(actor=_MACHINE, at=now)


@routine(
    "customers.forget-leavings",
    title=_("Destroy what imports left behind 30 days ago"),
    every=timedelta(days=1),
)
def forget_leavings(now: datetime) -> None:
    leavings.forget_leavings(before=now - KEEP_LEAVINGS, actor=_MACHINE, at=now)


@routine(
    "customers.settle-merges",
    title=_("Destroy cards that were merged into others 30 days ago"),
    every=timedelta(days=1),
    at_start=True,
)
def settle_merges(now: datetime) -> None:
    merge_undo.settle_merges(before=now - merge_undo.UNDONE_FOR, actor=_MACHINE, at=now)


@routine(
    "customers.collect-documents",
    title=_("Remove sealed files that nothing names"),
    every=timedelta(days=1),
)
def collect_documents(now: datetime) -> None:
    documents.collect_documents(at=now)


@vault.owner("customers")
def keys_in_use() -> Iterator[UUID]:
    yield from register.key_ids_in_use()
    yield number_tags.REGISTER


@routine(
    "customers.collect-keys",
    title=_("Destroy keys that nothing uses"),
    every=timedelta(days=1),
)
def collect_keys(now: datetime) -> None:
    """Collects the keys of every domain: one that makes keys registers a vault.owner, or it loses them here."""
    left_over.collect_keys(at=now)
