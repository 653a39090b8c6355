from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve.audit import details
from tryggve.audit.details import Told
from tryggve.audit.models import Entry, EntryQuerySet


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which entries are wanted; all conditions hold together.

    ``action`` is a code or a domain, ``since`` is included and ``until`` is not.
    """

    actor: str | None = None
    subject: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def newest_entries(
    *, limit: int = 50, before: int | None = None, wanted: Filter | None = None
) -> Sequence[Entry]:
    """The newest first; ``before`` is the id of the last one already shown. One query; details stay sealed."""
    entries = _filtered(Entry.objects.newest_first(), wanted or Filter())
    return list((entries if before is None else entries.filter(id__lt=before))[:limit])


def entries_about(subject: UUID, *, limit: int = 50) -> Sequence[Entry]:
    """What was done to one person's or firm's data, the newest first."""
    return newest_entries(limit=limit, wanted=Filter(subject=subject))


def details_of(entries: Sequence[Entry]) -> Mapping[int, Told]:
    """By entry id, what entries say in words, or that it was erased; entries without details are left out.

    The caller logs the look.
    """
    return details.told(entries)


def _filtered(entries: EntryQuerySet, wanted: Filter) -> EntryQuerySet:
    if wanted.actor is not None:
        entries = entries.filter(actor=wanted.actor)
    if wanted.subject is not None:
        entries = entries.filter(subject=wanted.subject)
    if wanted.action is not None:
        is_code = "." in wanted.action
        entries = (
            entries.filter(action=wanted.action)
            if is_code
            else entries.filter(action__startswith=f"{wanted.action}.")
        )
    if wanted.since is not None:
        entries = entries.filter(recorded_at__gte=wanted.since)
    if wanted.until is not None:
        entries = entries.filter(recorded_at__lt=wanted.until)
    return entries
