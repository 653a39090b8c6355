from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Mailing(models.Model):
    """A message to many customers. What it says, and to whom by which tags, is one sealed document."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        SENDING = "SENDING", _("being sent")
        PAUSED = "PAUSED", _("paused")
        STOPPED = "STOPPED", _("stopped")
        DONE = "DONE", _("sent")

    # While it is one of these, there may be somebody left who hasn't got it.
    UNDER_WAY: ClassVar = (State.SENDING, State.PAUSED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    language = models.CharField(max_length=2)
    purpose_ref = models.UUIDField(null=True)
    words_sealed = models.BinaryField()
    per_minute = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    # Which of its jobs is the one that sends: any other ends without doing anything.
    turn = models.PositiveIntegerField(default=0)
    # Why it rests or is paused: a code of mailing_words.Halt or of the mail server's.
    trouble = models.CharField(max_length=32, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True)
    rests_in_a_row = models.PositiveSmallIntegerField(default=0)
    # Mails in a row that the server refused for what they say.
    texts_refused = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    # Of those who were erased since: how many had come to which state, and nothing that says who.
    erased_since = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Mailing"]] = models.Manager()

    class Meta:
        indexes = [models.Index(name="mailing_by_age", fields=["-made_at"])]


class Addressee(models.Model):
    """A customer whom a mailing is for. A row is claimed before a mail server is asked, so that no two send it."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting")
        CLAIMED = "CLAIMED", _("being sent")
        SENT = "SENT", _("sent")
        PERHAPS = "PERHAPS", _("perhaps sent")
        LEFT_OUT = "LEFT_OUT", _("not sent")
        REFUSED = "REFUSED", _("refused by the mail server")

    # What reached the customer, or may have.
    LEFT_US: ClassVar = (State.CLAIMED, State.SENT, State.PERHAPS)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="addressees")
    customer_ref = models.UUIDField(db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Of those who share a mailbox one gets it; null for who has one alone.
    mailbox = models.PositiveIntegerField(null=True)
    # Why not: a code of mailing_words.Reason or rights' Verdict, or of the mail server's trouble.
    reason = models.CharField(max_length=32, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Somebody has seen that it perhaps left, and leaves it so.
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Addressee"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(name="addressee_by_state", fields=["mailing", "state", "next_try_at"]),
            models.Index(
                name="addressee_unclear",
                fields=["mailing"],
                condition=models.Q(state="PERHAPS", settled_at=None),
            ),
            # How many left in the last minute, and what was being sent by a worker that is no more.
            models.Index(name="addressee_claimed", fields=["claimed_at"]),
            models.Index(
                name="addressee_being_sent", fields=["mailing"], condition=models.Q(state="CLAIMED")
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="addressed_once_a_mailing", fields=["mailing", "customer_ref"])
        ]
