from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.domains.exposure.engine.names import LONGEST
from tryggve.lib.ids import new_id


class Domain(models.Model):
    """A domain of the firm's, whose name mail could be sent in."""

    class Kind(models.TextChoices):
        SENDS = "SENDS", _("we send mail from it")
        RESTS = "RESTS", _("we send no mail from it")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=LONGEST, unique=True)
    kind = models.CharField(max_length=5, choices=Kind)
    # Where its keys for signing mail stand, beside those that are asked for anyway.
    selectors = models.JSONField(default=list)
    added_at = models.DateTimeField()
    # For a while it can be taken back; what was found about it is kept until then.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Domain"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "name"]


class Site(models.Model):
    """A website of the firm's, by the name that visitors type."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = models.CharField(max_length=LONGEST, unique=True)
    added_at = models.DateTimeField()
    # For a while it can be taken back; what was found about it is kept until then.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Site"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "host"]


class DomainReading(models.Model):
    """What was last read about a domain's mail: codes and counts, never a record's own words."""

    domain = models.OneToOneField(Domain, models.CASCADE, primary_key=True, related_name="reading")
    read_at = models.DateTimeField()
    troubles = models.JSONField(default=list)
    advice = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(default=0)
    # Where on the ladder it stands, and since when: the next step waits for that.
    rung = models.PositiveSmallIntegerField(default=0)
    rung_since = models.DateTimeField()

    objects: ClassVar[models.Manager["DomainReading"]] = models.Manager()


class SiteReading(models.Model):
    """What visitors last met at a site."""

    site = models.OneToOneField(Site, models.CASCADE, primary_key=True, related_name="reading")
    read_at = models.DateTimeField()
    holes = models.JSONField(default=list)
    tips = models.JSONField(default=list)
    days_left = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["SiteReading"]] = models.Manager()


class Resolver(models.Model):
    """A server that answers what the name service holds, in place of the computer's own."""

    address = models.GenericIPAddressField()
    port = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["Resolver"]] = models.Manager()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(name="resolver_once", fields=["address", "port"])]
