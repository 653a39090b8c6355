from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Erasure(models.Model):
    """A customer on the way to being erased: first put aside, then destroyed; what was done and what was kept."""

    class State(models.TextChoices):
        QUARANTINE = "QUARANTINE", _("put aside, to be erased")
        DESTROYING = "DESTROYING", _("being erased")
        DESTROYED = "DESTROYED", _("erased")
        CALLED_OFF = "CALLED_OFF", _("called off")

    class Ground(models.TextChoices):
        REQUEST = "REQUEST", _("the customer asked for it")
        WITHDRAWN = "WITHDRAWN", _("the customer's only consent was withdrawn or ran out")
        DUE = "DUE", _("it was no longer needed")
        MISTAKE = "MISTAKE", _("the customer should not be in the register")
        AGAIN = "AGAIN", _("an older copy of the data had brought the customer back")

    # While it is one of these, nobody asks for another of the same customer.
    GOING: ClassVar = (State.QUARANTINE, State.DESTROYING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    case_ref = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUARANTINE)
    ground = models.CharField(max_length=10, choices=Ground)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    destroys_at = models.DateTimeField()
    # Who else agreed that it is done sooner.
    hastened_by = models.CharField(max_length=80, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    # Codes and counts of what was erased and kept: nothing that says who it was.
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(name="erasure_waits", fields=["destroys_at"], condition=models.Q(state="QUARANTINE"))
        ]
        constraints = [
            models.UniqueConstraint(
                name="erased_once_at_a_time",
                fields=["customer_ref"],
                condition=models.Q(state__in=["QUARANTINE", "DESTROYING"]),
            )
        ]


class Quarantine(models.Model):
    """How long a customer waits to be erased, where the company has chosen another time than the usual."""

    days = models.PositiveSmallIntegerField()
    # A shorter time counts only when the longer one before it has gone by, so that nobody alone makes it shorter.
    days_before = models.PositiveSmallIntegerField(null=True)
    counts_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_quarantine", condition=models.Q(pk=1))]


class PutBack(models.Model):
    """When it was noticed that an older copy of the data was put back: what customers said no to since isn't in it."""

    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_put_back", condition=models.Q(pk=1))]


class ErasureClock(models.Model):
    """When it was last looked whose waiting time is over: by that a clock is found out that has jumped ahead."""

    looked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_erasure_clock", condition=models.Q(pk=1))]


class Suppression(models.Model):
    """Somebody who was erased or objected and mustn't come back with an old list: a keyed hash, and nothing else.

    Kept on the ground of GDPR art. 17(3)(b) and 21(3): without it neither could be honoured for long.
    """

    class Ground(models.TextChoices):
        ERASED = "ERASED", _("erased")
        OBJECTED = "OBJECTED", _("objected")

    tag = models.CharField(max_length=32, primary_key=True)
    ground = models.CharField(max_length=10, choices=Ground)
    made_at = models.DateTimeField()
    # Whether somebody was erased for good with it: then no erasure that is called off lets it back.
    is_for_good = models.BooleanField(default=False)
