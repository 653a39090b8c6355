from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Case(models.Model):
    """What somebody asked for by right (GDPR art. 15 to 22), with the day by which it must be answered."""

    class Kind(models.TextChoices):
        ACCESS = "ACCESS", _("to see what is held (art. 15)")
        PORTABILITY = "PORTABILITY", _("to take the data elsewhere (art. 20)")
        RECTIFICATION = "RECTIFICATION", _("to have something corrected (art. 16)")
        ERASURE = "ERASURE", _("to be erased (art. 17)")
        RESTRICTION = "RESTRICTION", _("that the data is kept but not used (art. 18)")
        OBJECTION = "OBJECTION", _("that something is no longer done with the data (art. 21)")
        DECISION = "DECISION", _("that no machine decides alone (art. 22)")

    class Channel(models.TextChoices):
        PORTAL = "PORTAL", _("on the customer's own page")
        MAIL = "MAIL", _("by mail")
        PHONE = "PHONE", _("by telephone")
        PAPER = "PAPER", _("on paper")

    class State(models.TextChoices):
        OPEN = "OPEN", _("to be answered")
        DONE = "DONE", _("done")
        REFUSED = "REFUSED", _("refused, with the reason")
        TAKEN_BACK = "TAKEN_BACK", _("taken back by the customer")
        ERASED = "ERASED", _("ended: the customer was erased")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=15, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    received_on = models.DateField()
    due_on = models.DateField()
    # Whether two months were added, of which the customer was told why.
    is_extended = models.BooleanField(default=False)
    # What is no longer to be done, of an objection; null: that the data is used for advertising at all.
    purpose_ref = models.UUIDField(null=True)
    # How it was made sure who asks; empty until it was.
    identity_check = models.CharField(max_length=12, blank=True)
    revision = models.PositiveIntegerField(default=1)
    words_sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="case_open_by_due", fields=["due_on"], condition=models.Q(state="OPEN"))]


class CaseStep(models.Model):
    """Something that was done about it; what was written to the customer is kept here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=20)
    words_sealed = models.BinaryField(null=True)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=80)


class Restriction(models.Model):
    """A customer whose data may be seen and kept, and used for nothing else (GDPR art. 18)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="restricted_once_at_a_time", fields=["customer_ref"], condition=models.Q(ended_at=None)
            )
        ]
