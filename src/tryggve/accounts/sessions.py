from datetime import datetime

from django.contrib.sessions.models import Session


def forget_ended(*, now: datetime) -> int:
    """Remove sessions that ran out; returns how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
