from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.backups.models import Folder, Heartbeat, Place, RestoreTest
from tryggve.privacy import registry
from tryggve.privacy.export import Part
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def nothing_about(_person: UUID) -> Iterator[Part]:
    """Where the company keeps its backups, and what lets Tryggve in there, is nobody's data."""
    return iter(())


def nothing_to_erase(_person: UUID) -> int:
    return 0


registry.register(
    registry.Holding(
        code="backups.places",
        title=_("Where backups are kept"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({Place, Folder, Heartbeat, RestoreTest}),
        export=nothing_about,
        erase=nothing_to_erase,
        retention=RetentionRule(
            until=_("the place is removed"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
