from typing import ClassVar

from django.db import models


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
