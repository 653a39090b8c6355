from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models.requests import Case
from tryggve.lib.ids import new_id


class Package(models.Model):
    """What somebody gets who asks what is held: one sealed file beside the database, under the customer's key."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("being made")
        READY = "READY", _("ready")
        FAILED = "FAILED", _("could not be made")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="packages")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    language = models.CharField(max_length=2)
    # The documents that the customer gave, of which alone a package to take elsewhere is made; null: all.
    documents = models.JSONField(null=True)
    files_done = models.PositiveIntegerField(default=0)
    files_total = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveBigIntegerField(null=True)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Package"]] = models.Manager()
