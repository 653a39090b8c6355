from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def due(self, now: datetime) -> "ScheduleQuerySet":
        """Those whose time has come and that nobody is running."""
        is_free = models.Q(lease_until=None) | models.Q(lease_until__lte=now)
        return self.filter(is_free, due_at__lte=now)

    def of(self, codes: Iterable[str]) -> "ScheduleQuerySet":
        return self.filter(code__in=list(codes))


class Schedule(models.Model):
    """When one routine of the machine is to run, and how its last run went."""

    class Outcome(models.TextChoices):
        DONE = "DONE", _("done")
        FAILED = "FAILED", _("failed")

    code = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField(db_index=True)
    last_started_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    fault_kind = models.CharField(max_length=200, blank=True)
    fault_place = models.CharField(max_length=200, blank=True)
    # Who runs it now, and until when that is believed: a worker that was killed can't give it back.
    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = ScheduleQuerySet.as_manager()
