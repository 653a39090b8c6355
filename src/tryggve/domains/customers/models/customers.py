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
        MERGED = "MERGED", _("merged into another")
        PUT_ASIDE = "PUT_ASIDE", _("put aside, to be erased")
        # Made up by Tryggve to test itself: in no list, no count, no search and no file.
        PLANTED = "PLANTED", _("made up, to test the protection")
        # The same for days, in backups, until a test of them erases it.
        STAND_IN = "STAND_IN", _("made up, to test the backups")

    # Of whom everything is still held: what a person may ask to see.
    KEPT: ClassVar = (State.ACTIVE, State.PUT_ASIDE)
    # Of whom something may be written down.
    WRITTEN_ABOUT: ClassVar = (State.ACTIVE, State.PLANTED)
    # Who is nobody.
    MADE_UP: ClassVar = (State.PLANTED, State.STAND_IN)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    revision = models.PositiveIntegerField(default=1)
    details_sealed = models.BinaryField()
    # Identity numbers and the fields marked as sensitive; opened only where a reason is given.
    sensitive_sealed = models.BinaryField(null=True)
    sensitive_revision = models.PositiveIntegerField(default=0)
    # The account of who looks after this customer.
    responsible_ref = models.UUIDField(null=True)
    batch_ref = models.UUIDField(null=True)
    # What a running import will put in force for a customer that was here before.
    pending_sealed = models.BinaryField(null=True)
    pending_revision = models.PositiveIntegerField(null=True)
    pending_batch_ref = models.UUIDField(null=True)
    # Since when the data may be seen and kept, and used for nothing else (GDPR art. 18).
    restricted_at = models.DateTimeField(null=True)
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


class Relation(models.Model):
    """What one customer is to another: Cilla is the contact person of Berg AB."""

    class Kind(models.TextChoices):
        CONTACT = "CONTACT", _("contact person of")
        GUARDIAN = "GUARDIAN", _("parent or guardian of")
        PARTNER = "PARTNER", _("spouse or partner of")
        FAMILY = "FAMILY", _("family of")
        REFERRED = "REFERRED", _("recommended by")
        OTHER = "OTHER", _("has to do with")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="related_from")
    kind = models.CharField(max_length=10, choices=Kind)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="relation_told_once", fields=["customer", "other", "kind"]),
            models.CheckConstraint(
                name="relation_is_to_another", condition=~models.Q(customer=models.F("other"))
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
