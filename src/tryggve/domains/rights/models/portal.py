from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class PortalLink(models.Model):
    """A link that was mailed to a customer; of it only a hash is kept. Opening it changes nothing: a button does."""

    class Use(models.TextChoices):
        CONSENT = "CONSENT", _("to choose what to consent to")
        PORTAL = "PORTAL", _("to the customer's own page")
        WITHDRAW = "WITHDRAW", _("to withdraw a consent")
        FEEDBACK = "FEEDBACK", _("to say what the customer thinks")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    use = models.CharField(max_length=10, choices=Use)
    purpose_ref = models.UUIDField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    # Of the code that was mailed apart, where the link opens more than one deed.
    code_hash = models.CharField(max_length=64, blank=True)
    # Of the browser in which the customer asked for it; in any other the code is asked for too.
    browser_hash = models.CharField(max_length=64, blank=True)
    # Of the address that it was mailed to (services.mailboxes): it opens nothing once that isn't the customer's.
    address_mark = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PortalLink"]] = models.Manager()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still use it."""
        return self.used_at is None and self.ended_at is None and at < self.expires_at


class PortalSession(models.Model):
    """A customer at their own page; the cookie holds what this is the hash of, and nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField(db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    # Of the mailbox that it began with; empty for who showed by another service who they are.
    address_mark = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PortalSession"]] = models.Manager()


class PortalChoice(models.Model):
    """What the company has chosen about its customers' own pages; without a row, what is usual."""

    # Else customers are told the role only (CJEU C-579/21, Pankki S).
    shows_names = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_portal_choice", condition=models.Q(pk=1))]
