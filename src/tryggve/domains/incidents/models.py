from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Report(models.Model):
    """Something that happened, told by somebody who works here; by nobody known where they wished that.

    What was told, answered and noted is sealed under the service key: it must be readable while the register is locked.
    """

    class Kind(models.TextChoices):
        LINK = "LINK", _("I opened a link or file, or gave away a password")
        LOST = "LOST", _("A computer, phone or memory stick is lost or stolen")
        WRONG_PERSON = "WRONG_PERSON", _("Something about a customer reached the wrong person")
        FRAUD = "FRAUD", _("A strange mail, call or invoice")
        COMPUTER = "COMPUTER", _("A computer behaves strangely")
        INTRUDER = "INTRUDER", _("Somebody got in who shouldn't")
        GONE = "GONE", _("Something is gone, or doesn't work")
        OTHER = "OTHER", _("Something else")

    class When(models.TextChoices):
        NOW = "NOW", _("Just now")
        TODAY = "TODAY", _("Earlier today")
        BEFORE = "BEFORE", _("Before today")
        UNKNOWN = "UNKNOWN", _("I don't know")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    happened = models.CharField(max_length=7, choices=When)
    words_sealed = models.BinaryField(null=True)
    told_at = models.DateTimeField()
    # Whoever told it didn't want to be known; that ``by_ref`` is None says as much of whose account was erased.
    is_anonymous = models.BooleanField(default=False)
    by_ref = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_sealed = models.BinaryField(null=True)
    closed_at = models.DateTimeField(null=True)
    note_sealed = models.BinaryField(null=True)

    objects: ClassVar[models.Manager["Report"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(name="report_open", fields=["told_at"], condition=models.Q(closed_at=None)),
            models.Index(name="report_by", fields=["by_ref"], condition=~models.Q(by_ref=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_its_time",
                condition=models.Q(answer_sealed=None) | models.Q(answered_at__isnull=False),
            ),
        ]


class TrialAlert(models.Model):
    """A made-up alarm that was mailed to whom alarms go, and whether it arrived. Of its link only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to_ref = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["TrialAlert"]] = models.Manager()

    class Meta:
        indexes = [models.Index(name="trial_of", fields=["to_ref", "sent_at"])]


class Silence(models.Model):
    """A protection that can't be measured any more; gone as soon as it is measured again.

    ``sights``: how often in a row that was seen. Time alone says nothing: the computer may have been off.
    """

    control = models.CharField(max_length=10, primary_key=True)
    sights = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Silence"]] = models.Manager()
