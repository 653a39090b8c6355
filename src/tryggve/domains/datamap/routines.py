from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.datamap import starting, value_tags
from tryggve.domains.datamap.models import SafeCopy, Source
from tryggve.domains.datamap.services import comparing, deleting, scans, sources
from tryggve.routines.registry import routine


@vault.owner("datamap")
def keys_in_use() -> Iterator[UUID]:
    yield value_tags.REGISTER
    yield from Source.objects.values_list("key_ref", flat=True)
    yield from filter(None, SafeCopy.objects.values_list("key_ref", flat=True))


@routine(
    "datamap.scan",
    title=_("Look through the places where personal data may lie"),
    every=timedelta(minutes=1),
    at_start=True,
)
def scan(now: datetime) -> None:
    """In a process of its own, which goes on after a crash where it was."""
    scans.ask_for_due(at=now)
    if scans.is_anything_waiting():
        starting.start()


@routine(
    "datamap.compare-register",
    title=_("Compare who is named in files with the register"),
    every=timedelta(minutes=5),
)
def compare_register(now: datetime) -> None:
    with suppress(vault.Locked):
        comparing.compare()


@routine(
    "datamap.finish-deleting",
    title=_("Finish deleting files where that was cut off"),
    every=timedelta(minutes=5),
    at_start=True,
)
def finish_deleting(now: datetime) -> None:
    with suppress(vault.Locked):
        deleting.finish_begun(at=now)


@routine(
    "datamap.destroy-safe-copies",
    title=_("Destroy the safe copies of files that were deleted a month ago"),
    every=timedelta(days=1),
)
def destroy_safe_copies(now: datetime) -> None:
    with suppress(vault.Locked):
        deleting.destroy_due(at=now)


@routine(
    "datamap.forget-removed",
    title=_("Forget what was found in places that were taken away a month ago"),
    every=timedelta(days=1),
)
def forget_removed(now: datetime) -> None:
    with suppress(vault.Locked):
        sources.destroy_removed(at=now)
