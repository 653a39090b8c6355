from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Place(models.Model):
    """Where backups go: a repository of data, one of keys, or both. A key place lets go of what is old, for good."""

    class Kind(models.TextChoices):
        FOLDER = "FOLDER", _("a folder or an external disk")
        SFTP = "SFTP", _("a computer by SFTP")
        S3 = "S3", _("storage that speaks S3")
        REST = "REST", _("a rest-server")
        RCLONE = "RCLONE", _("storage by rclone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.CharField(max_length=80)
    holds_data = models.BooleanField()
    holds_keys = models.BooleanField()
    # Where it is, what lets in there, and the repositories' passwords: sealed for the service.
    access_sealed = models.BinaryField()
    # A disk that is carried away when it isn't needed.
    is_carried = models.BooleanField(default=False)
    # Whether it stands in another house, and in which country (ISO 3166-1 alpha-2), as the firm says.
    is_elsewhere = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    added_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    # Since when it has been there without a break, as far as was looked.
    there_since = models.DateTimeField(null=True)
    # Whether it breaks with the disk that the data lies on, as far as was looked.
    is_on_own_disk = models.BooleanField(default=False)
    # The code of a ResticFailed, while it can't be used.
    trouble = models.CharField(max_length=32, blank=True)
    # What was found when day-to-day credentials tried to delete an old snapshot of data.
    keeps_old = models.BooleanField(null=True)
    tried_at = models.DateTimeField(null=True)
    # Whether nothing is left there of keys that were let go of; not known while a copy is brought.
    is_clear = models.BooleanField(default=False)
    # Which recovery kits open the keys there, by their labels, and when that was looked at.
    kits = models.JSONField(default=list)
    kits_at = models.DateTimeField(null=True)
    # For a while it can be taken back.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Place"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="place_holds_something",
                condition=models.Q(holds_data=True) | models.Q(holds_keys=True),
            )
        ]


class Folder(models.Model):
    """A folder of the firm's own on this computer that is backed up, too; its path is sealed for the service."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path_sealed = models.BinaryField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Folder"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "pk"]


class Run(models.Model):
    """One taking of a pair: a data copy to each data place, then the keys to each key place."""

    class Why(models.TextChoices):
        DUE = "DUE", _("by itself")
        ASKED = "ASKED", _("somebody asked for it")
        UPGRADE = "UPGRADE", _("before an upgrade")
        ERASURE = "ERASURE", _("keys alone, after an erasure")

    class State(models.TextChoices):
        # ``began_at`` is when it was asked for.
        WAITING = "WAITING", _("asked for, begins soon")
        RUNNING = "RUNNING", _("under way")
        DONE = "DONE", _("done")
        FAILED = "FAILED", _("failed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    why = models.CharField(max_length=8, choices=Why)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    # Why it failed: the code of a ResticFailed, or one of ours.
    cause = models.CharField(max_length=32, blank=True)
    bytes_done = models.PositiveBigIntegerField(default=0)
    bytes_in_all = models.PositiveBigIntegerField(default=0)
    # Of the data copy.
    files = models.PositiveBigIntegerField(default=0)
    changed_files = models.PositiveBigIntegerField(default=0)
    bytes_added = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    # Codes of what looks like somebody encrypting or emptying the firm's files.
    signs = models.JSONField(default=list)
    # When somebody said that it was the company itself.
    signs_answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Run"]] = models.Manager()

    class Meta:
        ordering = ["-began_at"]


class Copy(models.Model):
    """What one run brought to one place."""

    class Kind(models.TextChoices):
        DATA = "DATA", _("data")
        FOLDERS = "FOLDERS", _("folders of our own")
        KEYS = "KEYS", _("keys")

    run = models.ForeignKey(Run, models.CASCADE, related_name="copies")
    place = models.ForeignKey(Place, models.CASCADE, related_name="copies")
    kind = models.CharField(max_length=7, choices=Kind)
    # restic's id; empty where it failed.
    snapshot = models.CharField(max_length=64, blank=True)
    cause = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    # When the place let go of it.
    forgotten_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Copy"]] = models.Manager()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(name="copy_once", fields=["run", "place", "kind"])]


class RestoreTest(models.Model):
    """One real restore into a folder that is thrown away: what was looked at, and what came of it."""

    class State(models.TextChoices):
        # ``began_at`` is when it was asked for.
        WAITING = "WAITING", _("asked for, begins soon")
        RUNNING = "RUNNING", _("under way")
        PASSED = "PASSED", _("passed")
        FAILED = "FAILED", _("failed")
        UNKNOWN = "UNKNOWN", _("could not be made")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="restore_tests")
    run = models.ForeignKey(Run, models.CASCADE, null=True, related_name="restore_tests")
    is_asked = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    # The step that is under way or that it failed at, and the cause: codes.
    step = models.CharField(max_length=32, blank=True)
    cause = models.CharField(max_length=32, blank=True)
    # Counts and dates by name, never a value of anybody's.
    found = models.JSONField(default=dict)
    # Its entry in the audit log, and the checkpoint that was signed at once.
    entry = models.BigIntegerField(null=True)
    checkpoint_size = models.BigIntegerField(null=True)
    # What the row came to, sealed for the service: who writes a row past Tryggve can't make one.
    digest_sealed = models.BinaryField(default=b"")

    objects: ClassVar[models.Manager["RestoreTest"]] = models.Manager()

    class Meta:
        ordering = ["-began_at"]


class Shredding(models.Model):
    """The proof with one made-up customer: backed up, read back, erased, and then unreadable in the older snapshot."""

    customer = models.UUIDField(primary_key=True)
    key = models.UUIDField()
    planted_at = models.DateTimeField()
    # The run whose copies hold it.
    run = models.ForeignKey(Run, models.CASCADE, null=True, related_name="shreddings")
    read_back_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    # Read with no key copy that could be reached; until then it waits for the last that holds it to age out.
    proven_at = models.DateTimeField(null=True)
    # Since when it is known to be readable though it shouldn't be; nothing any more once it is proven.
    failed_at = models.DateTimeField(null=True)
    # While it waits: until when at the most, and the ids of places that couldn't be asked.
    pending_until = models.DateTimeField(null=True)
    waits_for = models.JSONField(default=list)
    # When no place had the older snapshot any more, so that nothing can be proven with it.
    lost_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Shredding"]] = models.Manager()

    class Meta:
        ordering = ["-planted_at"]


class Heartbeat(models.Model):
    """A backup that something else makes: it calls an address, or leaves new files in a folder."""

    class Kind(models.TextChoices):
        ADDRESS = "ADDRESS", _("it calls an address")
        FOLDER = "FOLDER", _("it leaves new files in a folder")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.CharField(max_length=80)
    # Hashed; or the folder's path, sealed for the service.
    token_hash = models.CharField(max_length=64, blank=True)
    path_sealed = models.BinaryField(default=b"")
    every_days = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Heartbeat"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "pk"]


class Alarm(models.Model):
    """What is told again and again while it lasts, and when it was told last."""

    code = models.CharField(max_length=16, primary_key=True)
    told_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Alarm"]] = models.Manager()


class Awake(models.Model):
    """Since when this computer is at work without a longer break, and when that was seen last; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Awake"]] = models.Manager()
