from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class CustomerQuerySet(models.QuerySet["Customer"]):
    def in_force(self) -> "CustomerQuerySet":
        """Those a reader may see: not what an import is still bringing, nor what is being destroyed."""
        return self.filter(state=Customer.State.ACTIVE)


class Customer(models.Model):
    """A person or an organisation. All that is known of them is in one sealed document."""

    class State(models.TextChoices):
        STAGING = "STAGING", _("being imported")
        ACTIVE = "ACTIVE", _("in force")
        DESTROYING = "DESTROYING", _("being deleted")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    revision = models.PositiveIntegerField(default=1)
    details_sealed = models.BinaryField()
    # The account of who looks after this customer.
    responsible_ref = models.UUIDField(null=True)
    batch_ref = models.UUIDField(null=True)
    # What a running import will put in force for a customer that was here before.
    pending_sealed = models.BinaryField(null=True)
    pending_revision = models.PositiveIntegerField(null=True)
    pending_batch_ref = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Customer"]] = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [
            # Few rows are ever anything but in force; start-up looks for them.
            models.Index(name="customer_not_in_force", fields=["state"], condition=~models.Q(state="ACTIVE")),
            # Most rows came in no import that is still looked for, and many are looked after by nobody in particular.
            *(
                models.Index(
                    name=f"customer_{field}", fields=[field], condition=models.Q((f"{field}__isnull", False))
                )
                for field in ("batch_ref", "pending_batch_ref", "responsible_ref")
            ),
        ]


class CustomerChange(models.Model):
    """What the search index of each process has to read again: one customer, or one whole import."""

    seq = models.BigAutoField(primary_key=True)
    customer_ref = models.UUIDField(null=True)
    batch_ref = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_names_one_thing",
                condition=models.Q(customer_ref__isnull=True) ^ models.Q(batch_ref__isnull=True),
            ),
        ]


class Import(models.Model):
    """One list brought in. What its file says, rows set aside and columns without a field are sealed under its own key.

    The file itself is kept nowhere: what was read of it waits for a yes.
    """

    class State(models.TextChoices):
        PREVIEWED = "PREVIEWED", _("waiting for your yes")
        QUEUED = "QUEUED", _("waiting for its turn")
        RUNNING = "RUNNING", _("running")
        DONE = "DONE", _("done")
        STOPPED = "STOPPED", _("stopped half-way, nothing was changed")
        REFUSED = "REFUSED", _("refused, nothing was changed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=State)
    started_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    key_ref = models.UUIDField(null=True)
    file_sealed = models.BinaryField(null=True)
    result_sealed = models.BinaryField(null=True)
    leftovers_sealed = models.BinaryField(null=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
