from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.privacy.retention import RetentionRule
from tryggve.privacy.subjects import Subject

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is known: a code that stays, a title in the reader's language, and what it is."""

    code: str
    title: StrOrPromise
    content: Json

    def to_json(self) -> dict[str, Json]:
        return {"code": self.code, "title": str(self.title), "content": self.content}


@dataclass(frozen=True, slots=True)
class Part:
    """What was learnt together: since when it is held and, where known, from whom it came (GDPR art. 15(1)(g))."""

    code: str
    title: StrOrPromise
    values: Sequence[Value]
    since: datetime | None
    source: StrOrPromise = ""

    def to_json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "title": str(self.title),
            "since": self.since.isoformat() if self.since else None,
            "source": str(self.source) or None,
            "values": [value.to_json() for value in self.values],
        }


UNREADABLE = "unreadable"


def unreadable(title: StrOrPromise, since: datetime | None = None) -> Part:
    """In place of what can't be opened, so that nobody believes there is nothing."""
    told = _("Something is kept here that can't be read any more: it is damaged, or its key is lost.")
    return Part(UNREADABLE, title, [Value(UNREADABLE, _("Can't be read"), str(told))], since)


@dataclass(frozen=True, slots=True)
class Held:
    """All parts of one holding, and how long it keeps them (GDPR art. 15(1)(d))."""

    code: str
    title: StrOrPromise
    retention: RetentionRule
    parts: Sequence[Part]

    def to_json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "title": str(self.title),
            "kept_until": str(self.retention.until),
            "kept_for": str(self.retention.kept_for),
            "legal_basis": str(self.retention.basis),
            "parts": [part.to_json() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Export:
    """All that is held about one person, at a moment."""

    subject: Subject
    made_at: datetime
    held: Sequence[Held]

    @property
    def unreadable(self) -> int:
        """How many parts tell that something can't be read."""
        return sum(part.code == UNREADABLE for one in self.held for part in one.parts)

    def to_json(self) -> dict[str, Json]:
        """Structured, commonly used and machine-readable (GDPR art. 20(1)); titles in the active language."""
        return {
            "subject": {"kind": str(self.subject.kind), "id": str(self.subject.id)},
            "made_at": self.made_at.isoformat(),
            "held": [one.to_json() for one in self.held],
        }
