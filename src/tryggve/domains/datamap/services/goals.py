"""In how few places people's data may lie."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.datamap import actions
from tryggve.domains.datamap.models import Goal


@transaction.atomic
def set_goal(*, places: int, actor: str, at: datetime) -> None:
    """In place of the one before."""
    Goal.objects.update_or_create(pk=1, defaults={"places": places, "set_by": actor, "set_at": at})
    audit.record(actions.GOAL_SET, actor=actor, at=at, places=places)
