from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Feedback(models.Model):
    """What a customer answered to the three questions, and whether somebody has looked into it."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("to be looked into")
        CALLED = "CALLED", _("the customer was spoken to")
        HANDLED = "HANDLED", _("looked into")
        NO_NEED = "NO_NEED", _("nothing to do")

    class Channel(models.TextChoices):
        PORTAL = "PORTAL", _("on the customer's own page")
        LINK = "LINK", _("by a link in a mail")

    # In these somebody still has to do something.
    WAITING: ClassVar = (State.OPEN, State.CALLED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    channel = models.CharField(max_length=6, choices=Channel)
    state = models.CharField(max_length=7, choices=State)
    answers_sealed = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Feedback"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                name="feedback_waiting", fields=["given_at"], condition=models.Q(state__in=["OPEN", "CALLED"])
            )
        ]


class FeedbackStep(models.Model):
    """Something that was done about it, by whom, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=7, choices=Feedback.State)
    words_sealed = models.BinaryField(null=True)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=80)

    objects: ClassVar[models.Manager["FeedbackStep"]] = models.Manager()
