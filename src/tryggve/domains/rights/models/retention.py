from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Keep(models.Model):
    """A customer who was due and is kept, and why: longer by a decision, or because the law holds the data."""

    class Kind(models.TextChoices):
        LONGER = "LONGER", _("kept longer")
        HOLD = "HOLD", _("held by law or dispute")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=Kind)
    reason_sealed = models.BinaryField()
    # Null: until somebody ends it.
    until = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)


class Due(models.Model):
    """A customer whom nothing needs any more, as the last night found; a person decides what comes of it."""

    customer_ref = models.UUIDField(primary_key=True)
    # Who looks after the customer, so that others aren't shown the row.
    responsible_ref = models.UUIDField(null=True, db_index=True)
    # The purpose that needed the customer longest, its rule, and the day that it was counted from.
    purpose_ref = models.UUIDField()
    rule = models.CharField(max_length=60)
    counted_from = models.DateField()
    is_from_end = models.BooleanField()
    needed_until = models.DateField()
    found_at = models.DateTimeField()
    # The search that saw the customer last.
    search_ref = models.UUIDField()

    class Meta:
        indexes = [models.Index(name="due_by_day", fields=["needed_until", "customer_ref"])]


class AssignmentEnd(models.Model):
    """When the assignment for a customer ended, as somebody said."""

    customer_ref = models.UUIDField(primary_key=True)
    ended_on = models.DateField()
    told_at = models.DateTimeField()


class KeptByLaw(models.Model):
    """Something that the law has the company keep about a customer, erased or not: what an invoice says.

    It lies under a key of its own in the compartment «retained», which the erasure of the customer leaves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    rule = models.CharField(max_length=60)
    # The day that the rule counts from: the last of the fiscal year.
    counted_from = models.DateField()
    until = models.DateField()
    key_ref = models.UUIDField()
    words_sealed = models.BinaryField()
    # Whether the customer was erased, so that this is all there is.
    is_alone = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)


class RetentionReview(models.Model):
    """Somebody has looked through whom the company keeps, and what its rules of keeping say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=80)
    # How many were due then.
    due = models.PositiveIntegerField()
