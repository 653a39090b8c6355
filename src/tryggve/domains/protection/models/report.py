from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Report(models.Model):
    """A report as it was made. Its content never changes, and holds nobody's name: names are put in as it is shown.

    ``content`` is canonical JSON; ``digest``, its SHA-256, stands in the audit log's entry ``entry``.
    """

    class Reader(models.TextChoices):
        OWN = "OWN", _("The company itself")
        CUSTOMER = "CUSTOMER", _("A customer")
        INSURER = "INSURER", _("An insurer")
        AUTHORITY = "AUTHORITY", _("An authority")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField(db_index=True)
    reader = models.CharField(max_length=10, choices=Reader)
    language = models.CharField(max_length=2)
    since = models.DateField()
    until = models.DateField()
    # Whether whoever vouched for something is to be named, and not only by role.
    with_names = models.BooleanField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    entry = models.BigIntegerField(unique=True)

    objects: ClassVar[models.Manager["Report"]] = models.Manager()
