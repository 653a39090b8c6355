"""Whether made-up alarms arrived at those whom alarms go to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from tryggve.accounts.models import User
from tryggve.domains.incidents.models import TrialAlert
from tryggve.lib import random_tokens
from tryggve.notices.models import MailServer

EVERY = timedelta(days=30)
CONFIRMED_WITHIN = timedelta(days=7)


class Arrival(StrEnum):
    """What is known of alarms to one person, through the mail settings as they are."""

    CONFIRMED = "confirmed"
    # Sent, and there is still time.
    AWAITED = "awaited"
    UNCONFIRMED = "unconfirmed"


def arrival(person: UUID, *, settings_since: datetime, at: datetime) -> Arrival:
    """Whether alarms were confirmed through these settings, none of them waits too long, and one came lately."""
    sent = list(_trials(person, settings_since).values_list("sent_at", "confirmed_at"))
    confirmed = max((sent_at for sent_at, confirmed_at in sent if confirmed_at), default=None)
    waiting = [sent_at for sent_at, _confirmed in sent if confirmed is None or sent_at > confirmed]
    # Sent anew each week, so that the first of them tells for how long nobody has answered.
    waits_since = min(waiting, default=settings_since if confirmed is None else at)
    if at - waits_since >= CONFIRMED_WITHIN:
        return Arrival.UNCONFIRMED
    if confirmed is None:
        return Arrival.AWAITED
    return Arrival.CONFIRMED if at - confirmed < EVERY + CONFIRMED_WITHIN else Arrival.UNCONFIRMED


def people_due(people: Sequence[User], *, server: MailServer, at: datetime) -> list[User]:
    """Those of them to whom an alarm is to be sent.

    None came through these settings, the last came a month ago, or was confirmed by nobody for a week. Nobody while the
    clock stands before the settings were made: each time would seem to be the first.
    """
    if server.changed_at > at:
        return []
    return [person for person in people if _is_due(person.pk, server.changed_at, at)]


def _is_due(person: UUID, settings_since: datetime, at: datetime) -> bool:
    newest = _trials(person, settings_since).first()
    if newest is None:
        return True
    return at - newest.sent_at >= (EVERY if newest.confirmed_at else CONFIRMED_WITHIN)


def trial_of(token: str) -> TrialAlert | None:
    """The alarm whose link holds that token, confirmed or not."""
    return TrialAlert.objects.filter(token_hash=random_tokens.hash_of(token)).first()


def last_confirmed(people: Sequence[User]) -> datetime | None:
    """When an alarm to one of them was confirmed last."""
    mine = TrialAlert.objects.filter(to_ref__in=[one.pk for one in people]).exclude(confirmed_at=None)
    return mine.order_by("-confirmed_at").values_list("confirmed_at", flat=True).first()


def _trials(person: UUID, settings_since: datetime) -> "QuerySet[TrialAlert]":
    sent = TrialAlert.objects.filter(to_ref=person, sent_at__gte=settings_since)
    return sent.order_by("-sent_at", "-pk")
