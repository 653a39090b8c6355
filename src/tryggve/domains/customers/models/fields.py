from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class CustomField(models.Model):
    """A question of the firm's own that each customer's card answers. Sensitive answers lie with identity numbers."""

    class Kind(models.TextChoices):
        TEXT = "TEXT", _("text")
        NUMBER = "NUMBER", _("number")
        DATE = "DATE", _("date")
        YES_NO = "YES_NO", _("yes or no")
        CHOICE = "CHOICE", _("one of several")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    choices = models.JSONField(default=list)
    is_sensitive = models.BooleanField(default=False)
    place = models.PositiveIntegerField(default=0)
    # A field that is asked for no more keeps what was answered.
    is_archived = models.BooleanField(default=False)
    made_at = models.DateTimeField()
