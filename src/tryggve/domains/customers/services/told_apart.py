"""Remembering that two cards aren't one customer's, so that nobody is asked again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.models import ToldApart
from tryggve.domains.customers.services.merges import SameCard, locked


def tell_apart(*, one: UUID, other: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Offer these two as doubles no more; to say it twice changes nothing.

    They can still be merged by who chooses both. Raises SameCard, AlreadyGone, and policy.Refused unless both are
    within reach.
    """
    if one == other:
        raise SameCard
    first, second = sorted((one, other))
    with transaction.atomic():
        locked(first, second, reach)
        _told, is_new = ToldApart.objects.get_or_create(
            first_id=first, second_id=second, defaults={"told_at": at}
        )
        if is_new:
            for card, beside in ((first, second), (second, first)):
                audit.record(actions.TOLD_APART, actor=actor, at=at, subject=card, other=str(beside))
