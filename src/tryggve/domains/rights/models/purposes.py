from django.db import models

from tryggve.lib.ids import new_id


class Purpose(models.Model):
    """What the firm uses personal data for: one line of its record of processing activities (GDPR art. 30).

    ``facts`` and ``words`` are what ``engine.purposes`` reads: codes that hold in any language, and sentences in each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    facts = models.JSONField()
    words = models.JSONField()
    position = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # A purpose that has ended stays: consents and receipts name it.
    ended_at = models.DateTimeField(null=True)


class RecordVersion(models.Model):
    """The record of processing as it stood on a day on which it said something else than before (GDPR art. 30)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    language = models.CharField(max_length=2)
    paper = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    kept_at = models.DateTimeField()


class NoticeVersion(models.Model):
    """A privacy notice as it was published, in one language (GDPR art. 13 and 14)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    content = models.JSONField()
    # Of what it says, as engine.changes makes it: tells when the purposes say something else.
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_number_once_a_language", fields=["number", "language"])
        ]
