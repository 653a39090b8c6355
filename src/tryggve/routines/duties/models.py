from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tryggve.accounts.models import User
from tryggve.lib.ids import new_id
from tryggve.routines.duties import due


class TurnQuerySet(models.QuerySet["Turn"]):
    def open(self) -> "TurnQuerySet":
        return self.filter(done_at=None, withdrawn_at=None)


class Turn(models.Model):
    """One time that a duty is to be done, or was.

    ``about`` is ``user:<uuid>`` for what somebody does for themselves, the reference of whatever called for it, or
    empty. Ids and days only: what people wrote about it are remarks.
    """

    class Outcome(models.TextChoices):
        WELL = "WELL", pgettext_lazy("outcome", "all was well")
        MENDED = "MENDED", pgettext_lazy("outcome", "something was found and mended")
        LEFT = "LEFT", pgettext_lazy("outcome", "something is left to mend")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.CharField(max_length=64)
    about = models.CharField(max_length=80, blank=True, default="")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    postponed_to = models.DateField(null=True)
    times_postponed = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    # The day where the company is.
    done_on = models.DateField(null=True, db_index=True)
    # As the log calls who did it.
    done_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    # It is no longer asked for: switched off, or whom it was about is gone.
    withdrawn_at = models.DateTimeField(null=True)
    # The day on which the company switched the duty off; None where it was withdrawn for anything else.
    switched_off_on = models.DateField(null=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_duty_has_one_open_turn",
                fields=["duty", "about"],
                condition=models.Q(done_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="what_was_done_tells_when_and_by_whom",
                condition=models.Q(done_at=None, done_on=None, done_by="", outcome="")
                | (models.Q(done_at__isnull=False, done_on__isnull=False) & ~models.Q(done_by="")),
            ),
        ]
        indexes = [models.Index(name="turn_of_duty", fields=["duty", "done_on"])]

    @property
    def days(self) -> due.Days:
        return due.Days(self.due_on, self.postponed_to)

    @property
    def days_late(self) -> int:
        """How late it was done; 0 for one that wasn't."""
        return due.days_late(self.days, on=self.done_on) if self.done_on else 0


class Remark(models.Model):
    """What somebody wrote, under their own key: on doing a turn, on putting it off, on switching the duty off."""

    class On(models.TextChoices):
        DONE = "DONE", _("done")
        POSTPONED = "POSTPONED", _("put off")
        OFF = "OFF", _("switched off")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.CharField(max_length=64)
    # None on what is about the duty as such.
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="remarks", null=True)
    on = models.CharField(max_length=10, choices=On)
    writer_ref = models.UUIDField(db_index=True)
    written_at = models.DateTimeField()
    text_sealed = models.BinaryField()

    turn_id: UUID | None
    objects: ClassVar[models.Manager["Remark"]] = models.Manager()

    class Meta:
        indexes = [models.Index(name="remark_on_duty", fields=["duty", "written_at"])]


class Choice(models.Model):
    """What the company chose about a duty: who does it, and whether it is asked for at all."""

    duty = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # None leaves it to the number of people who work here.
    is_on = models.BooleanField(null=True)

    person_id: UUID | None
    objects: ClassVar[models.Manager["Choice"]] = models.Manager()


class Feed(models.Model):
    """An address under which somebody's calendar program fetches their turns; only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Feed"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_calendar", fields=["user"], condition=models.Q(ended_at=None)
            ),
        ]


class MailDay(models.Model):
    """A day on which somebody was mailed about their turns: there is one mail a day at the most."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    is_about_the_week = models.BooleanField()

    objects: ClassVar[models.Manager["MailDay"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_mail_a_day", fields=["user", "day"])]


class Meeting(models.Model):
    """A staff meeting where security is talked about: its agenda is made first, and then it is held.

    ``told`` is what the agenda tells, counts and codes of the time since ``tells_from``: kept, so that it tells the
    same for ever. ``people``: how many worked here when it was held.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()
    tells_from = models.DateTimeField()
    told = models.JSONField(default=dict)
    held_on = models.DateField(null=True, unique=True)
    held_at = models.DateTimeField(null=True)
    people = models.PositiveSmallIntegerField(default=0)
    # The turn that was done by holding it, if one was open.
    turn = models.ForeignKey(Turn, models.SET_NULL, null=True, related_name="+")

    turn_id: UUID | None
    objects: ClassVar[models.Manager["Meeting"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_meeting_that_was_held_tells_when",
                condition=models.Q(held_on=None, held_at=None)
                | models.Q(held_on__isnull=False, held_at__isnull=False),
            ),
        ]


class Attendance(models.Model):
    """Somebody's own word that they were there."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person_ref = models.UUIDField()
    confirmed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Attendance"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_confirms_once", fields=["meeting", "person_ref"]),
        ]
