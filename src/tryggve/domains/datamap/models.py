from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Source(models.Model):
    """Where personal data is looked for. What it is called and where it lies may tell of somebody: it is sealed.

    All that was found there lies under the key of the source, and goes with it.
    """

    class Kind(models.TextChoices):
        FOLDER = "FOLDER", _("a folder or a disk")
        MAILBOX = "MAILBOX", _("a mailbox")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    key_ref = models.UUIDField()
    told_sealed = models.BinaryField()
    # Where nobody's data should lie: what turns up there is told.
    is_watched = models.BooleanField(default=False)
    # Of the disk as it was looked through: an empty folder on another one is a disk that isn't there.
    filesystem = models.CharField(max_length=20, blank=True)
    # In which index the values of its files are: where that is lost, they are looked into anew.
    index_ref = models.CharField(max_length=32, blank=True)
    added_at = models.DateTimeField()
    # For a while it can be taken back; what was found there is kept until then.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Source"]] = models.Manager()

    class Meta:
        ordering = ["added_at", "pk"]


class Scan(models.Model):
    """One time that a source was looked through, or is."""

    class Why(models.TextChoices):
        ASKED = "ASKED", _("somebody asked for it")
        MONTHLY = "MONTHLY", _("the month was over")
        WATCH = "WATCH", _("the place is watched")

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting for its turn")
        RUNNING = "RUNNING", _("running")
        PAUSED = "PAUSED", _("paused")
        DONE = "DONE", _("done")
        STOPPED = "STOPPED", _("stopped")
        FAILED = "FAILED", _("failed")

    OPEN: ClassVar = frozenset({State.WAITING, State.RUNNING, State.PAUSED})

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="scans")
    why = models.CharField(max_length=7, choices=Why)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # What a person wants of one that runs; it is heard between two files.
    wanted = models.CharField(max_length=7, choices=State, blank=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    files_done = models.PositiveIntegerField(default=0)
    files_read = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    bytes_done = models.PositiveBigIntegerField(default=0)
    holding = models.PositiveIntegerField(default=0)
    not_scanned = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager["Scan"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_scan_a_source",
                fields=["source"],
                condition=models.Q(state__in=["WAITING", "RUNNING", "PAUSED"]),
            )
        ]


class File(models.Model):
    """One file, or message, of a source as it was when it was last looked into: counts and codes, the rest sealed."""

    class State(models.TextChoices):
        THERE = "THERE", _("there")
        REVIEWED = "REVIEWED", _("reviewed: it may stay")
        GONE = "GONE", _("not there any more")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="files")
    # Path, size, time and hash of the content.
    place_sealed = models.BinaryField()
    # Masked samples and where they stand; nothing where nothing was found.
    found_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.THERE)
    # Of which rules it is the outcome: newer ones look into it again.
    rules = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    persons = models.PositiveIntegerField(default=0)
    risk = models.PositiveSmallIntegerField(default=0)
    is_holding = models.BooleanField(default=False)
    not_scanned = models.CharField(max_length=20, blank=True)
    format = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    changed_on = models.DateField(null=True)
    scanned_at = models.DateTimeField()
    first_found_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["File"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["source", "state"], name="file_of_source"),
            models.Index(fields=["is_holding", "-risk"], name="riskiest_file"),
        ]


class Review(models.Model):
    """Somebody looked at a file and said that it may stay, and why."""

    file = models.OneToOneField(File, models.CASCADE, primary_key=True, related_name="review")
    reason_sealed = models.BinaryField()
    reviewed_by = models.CharField(max_length=80)
    reviewed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Review"]] = models.Manager()


class SafeCopy(models.Model):
    """A file that was deleted or moved, kept for a while under a key of its own, and what its receipt says."""

    class State(models.TextChoices):
        DELETING = "DELETING", _("being deleted")
        KEPT = "KEPT", _("can be had back")
        BACK = "BACK", _("was had back")
        DESTROYED = "DESTROYED", _("destroyed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="safe_copies")
    state = models.CharField(max_length=9, choices=State, default=State.DELETING)
    file_ref = models.UUIDField()
    key_ref = models.UUIDField(null=True)
    # Path, size, hash and samples, under the same key.
    told_sealed = models.BinaryField(null=True)
    counts = models.JSONField(default=dict)
    persons = models.PositiveIntegerField(default=0)
    deleted_by = models.CharField(max_length=80)
    deleted_at = models.DateTimeField()
    destroys_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["SafeCopy"]] = models.Manager()


class Goal(models.Model):
    """In how few places the company wants people's data to lie; one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    places = models.PositiveSmallIntegerField()
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Goal"]] = models.Manager()
