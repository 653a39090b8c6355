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


class ReceiverReport(models.Model):
    """What a receiver of mail told of some days: how many came in a domain's name, and were proven to be the firm's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    domain = models.ForeignKey(Domain, models.CASCADE, related_name="receiver_reports")
    receiver = models.CharField(max_length=255)
    # The receiver's own, by which the same report is known again.
    number = models.CharField(max_length=255)
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    proven = models.PositiveBigIntegerField()
    read_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ReceiverReport"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="receiver_report_once", fields=["domain", "receiver", "number"])
        ]


class UnprovenMail(models.Model):
    """Mails of one sender in a report that nothing proved to be the firm's: the name of a domain, or an address."""

    report = models.ForeignKey(ReceiverReport, models.CASCADE, related_name="unproven")
    sender = models.CharField(max_length=LONGEST)
    count = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["UnprovenMail"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="unproven_mail_once", fields=["report", "sender"])]


class JudgedSender(models.Model):
    """Somebody has said whether a sender writes for the firm."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="judged_senders")
    name = models.CharField(max_length=LONGEST)
    is_own = models.BooleanField()

    objects: ClassVar[models.Manager["JudgedSender"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="judged_sender_once", fields=["domain", "name"])]


class SiteReading(models.Model):
    """What visitors last met at a site."""

    site = models.OneToOneField(Site, models.CASCADE, primary_key=True, related_name="reading")
    read_at = models.DateTimeField()
    holes = models.JSONField(default=list)
    tips = models.JSONField(default=list)
    # When the certificate runs out; None where none was shown.
    ends_at = models.DateTimeField(null=True)

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
