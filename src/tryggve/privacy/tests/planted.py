"""A holding of notes about people, kept in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model

from tests.cast import NOW
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind

RULE = RetentionRule(until="the order is delivered", kept_for=Period(months=6), basis=LegalBasis.CONTRACT)


@dataclass
class Notes:
    """What is written about whom."""

    kept: dict[UUID, str] = field(default_factory=dict)

    def export(self, person: UUID) -> Iterator[Part]:
        if person in self.kept:
            yield Part("note", "Note", [Value("text", "Text", self.kept[person])], NOW, "told by phone")

    def erase(self, person: UUID) -> int:
        return int(self.kept.pop(person, None) is not None)

    def holding(
        self,
        code: str = "privacy.notes",
        *,
        kinds: frozenset[Kind] = frozenset({Kind.CUSTOMER}),
        models: frozenset[type[Model]] = frozenset(),
    ) -> registry.Holding:
        return registry.Holding(code, "Notes", kinds, models, self.export, self.erase, RULE)
