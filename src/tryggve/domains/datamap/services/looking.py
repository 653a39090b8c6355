"""Whoever reads what files hold stands in the log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.datamap import actions


@transaction.atomic
def note(*, source: UUID, actor: str, at: datetime) -> None:
    audit.record(actions.FILES_LOOKED_AT, actor=actor, at=at, source=str(source))


@transaction.atomic
def note_named(*, file: UUID, customers: Iterable[UUID], actor: str, at: datetime) -> None:
    """Each of the customers may see that somebody learned that a file names them."""
    for customer in customers:
        audit.look(actions.NAMED_LOOKED_AT, actor=actor, at=at, subject=customer, file=str(file))
