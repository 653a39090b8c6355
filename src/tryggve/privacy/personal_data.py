"""What the rooms below hold about people: they can't register it themselves."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors, details
from tryggve.audit import registry as vocabulary
from tryggve.audit.models import Entry
from tryggve.privacy import registry
from tryggve.privacy.export import Json, Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def entries_of(person: UUID) -> Iterator[Part]:
    """What was done with this person's data, and what this person did: each deed with its time, never by whom.

    A person may know when and why somebody looked, as a rule not which employee it was (CJEU C-579/21, Pankki S).
    Words in which a deed was told are handed out to the one whom it was done to; where they can't be opened it says so.
    """
    entries = Entry.objects.filter(Q(subject=person) | Q(actor=actors.user(person))).order_by("pk")
    found = list(entries)
    words = details.told([entry for entry in found if entry.subject == person])
    if found:
        yield Part(
            code="entries",
            title=_("What was done, and when"),
            values=[_told(entry, words.get(entry.pk)) for entry in found],
            since=found[0].recorded_at,
            source=_("written by Tryggve itself"),
        )


def _told(entry: Entry, words: details.Told | None) -> Value:
    action = vocabulary.actions().get(entry.action)
    content: dict[str, Json] = {"at": entry.recorded_at.isoformat(), "facts": entry.facts}
    if words is not None:
        content |= {"details": dict(words.words), "details_state": words.state}
    return Value(entry.action, action.title if action else entry.action, content)


registry.register(
    registry.Holding(
        code="privacy.audit-log",
        title=_("The audit log"),
        kinds=frozenset(Kind),
        models=frozenset({Entry}),
        export=entries_of,
        erase=registry.with_the_key,
        retention=RetentionRule(
            until=_("the person is erased, with the key; codes and times stay"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
