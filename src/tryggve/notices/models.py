from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id
from tryggve.notices.registry import LONGEST_CODE


class OutboxMessage(models.Model):
    """One message to one person. The row says who and what kind; address, subject and text are sealed.

    ``recipient_ref`` is ``user:<uuid>`` or ``customer:<uuid>``; bodies to people who work here lie under the service
    key, those to a customer under the customer's own.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting")
        SENDING = "SENDING", _("being sent")
        SENT = "SENT", _("sent")
        FAILED = "FAILED", _("refused")
        GIVEN_UP = "GIVEN_UP", _("given up")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=LONGEST_CODE)
    recipient_ref = models.CharField(max_length=64, db_index=True)
    body_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    first_tried_at = models.DateTimeField(null=True)
    last_tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # A code of Trouble; its sentence may change, so it isn't in the schema.
    error = models.CharField(max_length=32, blank=True)
    # What the server answered, as three digits (RFC 5321 §4.2).
    reply_code = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager["OutboxMessage"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(name="outbox_due", fields=["next_try_at"], condition=models.Q(state="WAITING")),
        ]
        constraints = [
            models.CheckConstraint(
                name="what_was_sent_has_no_body",
                condition=~models.Q(state="SENT") | models.Q(body_sealed__isnull=True),
            ),
        ]


class Security(models.TextChoices):
    """How the way to the server is encrypted."""

    STARTTLS = "starttls", _("STARTTLS, usually port 587")
    TLS = "tls", _("TLS from the start, usually port 465")
    NONE = "none", _("none, to a server on this computer")


class MailServer(models.Model):
    """Through which server mail leaves. There is one or none."""

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10)
    username = models.CharField(max_length=254, blank=True)
    password_sealed = models.BinaryField(null=True)
    sender_address = models.EmailField()
    sender_name = models.CharField(max_length=150, blank=True)
    changed_at = models.DateTimeField()
    # Whether somebody chose or looked at them who may change people: else mail that lets its reader in stays here.
    is_vouched = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["MailServer"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_mail_server", condition=models.Q(pk=1)),
        ]
