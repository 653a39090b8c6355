from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.roles import Role, Scope
from tryggve.lib.ids import new_id
from tryggve.lib.language import LANGUAGES


class CheckpointPlaces(models.Model):
    """Where signed checkpoints of the log leave this machine to, and how far they have come. One row or none."""

    folder = models.CharField(max_length=1000, blank=True)
    # Whether the folder lay on another disk when it was chosen: on the same one, later, that disk is missing.
    is_elsewhere = models.BooleanField(default=False)
    mail_to_ref = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    left_epoch = models.PositiveIntegerField(default=0)
    left_size = models.BigIntegerField(default=0)
    left_at = models.DateTimeField(null=True)
    # A code of checkpoint_folder.Trouble; its sentence may change, so it isn't in the schema.
    folder_error = models.CharField(max_length=32, blank=True)
    mailed_epoch = models.PositiveIntegerField(default=0)
    mailed_size = models.BigIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CheckpointPlaces"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_checkpoint_places", condition=models.Q(pk=1)),
        ]


class Invitation(models.Model):
    """A link with which somebody makes an account of their own; of the link only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    role = models.CharField(max_length=10, choices=Role)
    scope = models.CharField(max_length=4, choices=Scope)
    given = models.JSONField(default=dict)
    # Who invited; null is a command.
    made_by_ref = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Whose account it became.
    user_ref = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still use it."""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class LeavingStep(models.Model):
    """Something that is left to people when somebody has left: done, or still to do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaving_steps")
    # A code of handovers.Reminder.
    code = models.CharField(max_length=64)
    done_at = models.DateTimeField(null=True)
    # Who said so; null where that person's account is gone.
    done_by_ref = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["LeavingStep"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="leaving_step_once_a_person", fields=["user", "code"])]


class IdentityProvider(models.Model):
    """Whose sign-in people may come with, such as Microsoft's. There is one or none."""

    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=191)
    secret_sealed = models.BinaryField()
    links_by_email = models.BooleanField(default=False)
    trusts_factor = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["IdentityProvider"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_identity_provider", condition=models.Q(pk=1)),
        ]


class PasswordRule(models.Model):
    """How old the company lets passwords grow, once somebody has chosen. One row or none."""

    # 0: as old as they like; they are changed when there is a reason.
    longest_days = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PasswordRule"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_password_rule", condition=models.Q(pk=1)),
        ]


class PasswordRequest(models.Model):
    """A reason for which somebody must choose another password; gone when they have."""

    class Reason(models.TextChoices):
        LEAKED = "LEAKED", _("It may have leaked, or somebody else has seen it")
        REUSED = "REUSED", _("It is used in another place, too")
        SHARED = "SHARED", _("Somebody who has left knew it, or several know it")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="password_request")
    # A code of Reason; its sentence may change, so it isn't in the schema.
    reason = models.CharField(max_length=6)
    asked_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PasswordRequest"]] = models.Manager()


class Standby(models.Model):
    """Who steps in for the security captain. One row or none."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="standby")
    chosen_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Standby"]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_standby", condition=models.Q(pk=1))]


class AccessReview(models.Model):
    """Somebody went through who has access, and signed that it is right; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Null where that person's account is gone.
    by_ref = models.UUIDField(null=True)
    done_at = models.DateTimeField(db_index=True)
    people = models.PositiveIntegerField()
    # Since the one before: whose access was changed, and who left.
    changed = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["AccessReview"]] = models.Manager()
