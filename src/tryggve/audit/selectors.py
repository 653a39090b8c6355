from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from tryggve.audit import details
from tryggve.audit.details import Told
from tryggve.audit.models import Entry, EntryQuerySet


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which entries are wanted; all conditions hold together.

    ``action`` is a code or a domain, ``codes`` are several, ``since`` is included and ``until`` is not.
    """

    actor: str | None = None
    subject: UUID | None = None
    action: str | None = None
    codes: frozenset[str] | None = None
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


def newest_of(actions: Collection[str], *, about: Collection[UUID]) -> Mapping[UUID, datetime]:
    """When one of these actions was last recorded about each of them, at most a thousand; one query."""
    rows = Entry.objects.filter(subject__in=about, action__in=actions).order_by()
    return dict(rows.values_list("subject").annotate(newest=Max("recorded_at")))


def subjects_by_actor(
    actions: Collection[str], *, since: datetime, until: datetime
) -> Mapping[str, set[UUID]]:
    """Whom each actor's entries of these actions are about, from ``since`` to before ``until``; one query."""
    rows = Entry.objects.filter(action__in=actions, recorded_at__gte=since, recorded_at__lt=until)
    found: dict[str, set[UUID]] = {}
    for actor, subject in rows.order_by().values_list("actor", "subject").distinct():
        if subject is not None:
            found.setdefault(actor, set()).add(subject)
    return found


def facts_of(action: str, *, since: datetime, until: datetime) -> Sequence[Mapping[str, Any]]:
    """What each entry of that action tells, from ``since`` to before ``until``; one query."""
    rows = Entry.objects.filter(action=action, recorded_at__gte=since, recorded_at__lt=until)
    return [entry.facts for entry in rows.order_by().only("facts")]


def newest_id() -> int:
    """Of the newest entry; 0 in an empty log."""
    return Entry.objects.newest_first().values_list("pk", flat=True).first() or 0


def deeds_of(
    actor: str, *, since: datetime, until: datetime, after: int
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Action and facts of each deed from ``since`` to before ``until``, of the entries newer than ``after``."""
    rows = Entry.objects.filter(pk__gt=after, actor=actor, recorded_at__gte=since, recorded_at__lt=until)
    for entry in rows.order_by("pk").only("action", "facts").iterator():
        yield entry.action, entry.facts


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
    if wanted.codes is not None:
        entries = entries.filter(action__in=wanted.codes)
    if wanted.since is not None:
        entries = entries.filter(recorded_at__gte=wanted.since)
    if wanted.until is not None:
        entries = entries.filter(recorded_at__lt=wanted.until)
    return entries
