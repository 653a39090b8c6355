"""The half-yearly look through whom the company keeps."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Due, RetentionReview


@transaction.atomic
def write_down_review(*, actor: str, at: datetime) -> None:
    """Somebody has looked through the list and the rules; the next one is due half a year from now."""
    due = Due.objects.count()
    RetentionReview.objects.create(done_at=at, done_by=actor, due=due)
    audit.record(actions.RETENTION_REVIEWED, actor=actor, at=at, due=due)
