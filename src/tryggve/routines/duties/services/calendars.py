"""The address of somebody's calendar: made, shown by a calendar program, ended. Its secret is shown once."""

from datetime import datetime, timedelta

from django.db import transaction

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.lib import random_tokens
from tryggve.routines.duties import actions
from tryggve.routines.duties.models import Feed

# When a calendar was last fetched is kept with this accuracy.
_FETCHED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_calendar(*, user: User, at: datetime) -> str:
    """The secret part of a new address, kept nowhere; the person's former one ends."""
    secret = random_tokens.new_token()
    # Held, so that two at once don't make two.
    User.objects.select_for_update().get(pk=user.pk)
    Feed.objects.filter(user=user, ended_at=None).update(ended_at=at)
    Feed.objects.create(user=user, token_hash=random_tokens.hash_of(secret), made_at=at)
    audit.record(actions.CALENDAR_MADE, actor=user.actor, at=at, subject=user.pk)
    return secret


@transaction.atomic
def end_calendar(*, user: User, actor: str, at: datetime) -> bool:
    """From now on the address shows nothing. Returns whether it did until now."""
    ended = Feed.objects.filter(user=user, ended_at=None).update(ended_at=at)
    if ended:
        audit.record(actions.CALENDAR_ENDED, actor=actor, at=at, subject=user.pk)
    return bool(ended)


def shown(secret: str, *, at: datetime) -> User | None:
    """Whose calendar that address is, while it lasts and the person works here; noted as fetched."""
    alive = Feed.objects.select_related("user").filter(ended_at=None, user__is_active=True)
    feed = alive.filter(token_hash=random_tokens.hash_of(secret)).first()
    if feed is None:
        return None
    if feed.fetched_at is None or not timedelta(0) <= at - feed.fetched_at < _FETCHED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(fetched_at=at)
    return feed.user
