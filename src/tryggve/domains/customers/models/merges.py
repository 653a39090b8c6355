from django.db import models

from tryggve.domains.customers.models.customers import Customer
from tryggve.lib.ids import new_id


class Merge(models.Model):
    """Two cards of one customer made one. The image of both, as they were, is sealed under the merge's own key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept_ref = models.UUIDField(db_index=True)
    gone_ref = models.UUIDField(db_index=True)
    key_ref = models.UUIDField(null=True)
    image_sealed = models.BinaryField(null=True)
    # The revision that the kept card had afterwards: an undo tells when it was changed since.
    revision = models.PositiveIntegerField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)


class ToldApart(models.Model):
    """Somebody said of two cards that they aren't one customer's: they aren't offered as doubles any more."""

    id = models.BigAutoField(primary_key=True)
    # The one with the lesser id first, so that a pair is told once.
    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="apart_told_once", fields=["first", "second"]),
            models.CheckConstraint(
                name="apart_in_one_order", condition=models.Q(first__lt=models.F("second"))
            ),
        ]
