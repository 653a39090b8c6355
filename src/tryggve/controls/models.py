from collections.abc import Iterable
from datetime import datetime
from typing import Never

from django.db import models

from tryggve.controls.engine.standing import Measurement, Said
from tryggve.controls.engine.verdict import Verdict
from tryggve.lib.ids import new_id


class AppendOnly(TypeError):
    """Evidence stays as it was written."""


def _refuse() -> Never:
    raise AppendOnly("evidence is neither changed nor removed")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def update(self, **kwargs: object) -> Never:
        _refuse()

    def delete(self) -> Never:
        _refuse()


class Evidence(models.Model):
    """What one measuring came to. No personal data: counts, days, codes. ``entry`` binds it to the audit log."""

    id = models.BigAutoField(primary_key=True)
    control = models.CharField(max_length=10)
    # Empty when it couldn't be measured; then ``cause`` says why.
    verdict = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Verdict], blank=True)
    cause = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    # When the unbroken run of measurings that came to the same began.
    since = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["control", "observed_at"], name="controls_evidence_of")]

    def save(self, *, using: str | None = None, **options: object) -> None:
        if not self._state.adding:
            _refuse()
        super().save(force_insert=True, using=using)

    def delete(self, using: object = None, keep_parents: bool = False) -> Never:
        _refuse()

    @property
    def measurement(self) -> Measurement:
        """As the engine has it."""
        return Measurement(
            verdict=Verdict(self.verdict) if self.verdict else None,
            cause=self.cause,
            observed_at=self.observed_at,
            valid_until=self.valid_until,
            since=self.since,
            wrong=self.facts.get("wrong", "") if self.verdict == Verdict.FAILING.value else "",
        )


class ProbeQuerySet(models.QuerySet["Probe"]):
    def due(self, now: datetime) -> "ProbeQuerySet":
        """Those whose time has come, or that somebody asked for, and that nobody measures."""
        is_wanted = models.Q(due_at__lte=now) | models.Q(asked_at__isnull=False)
        return self.filter(is_wanted, models.Q(lease_until=None) | models.Q(lease_until__lte=now))

    def of(self, controls: Iterable[str]) -> "ProbeQuerySet":
        return self.filter(control__in=list(controls))


class Probe(models.Model):
    """When one control is measured next, who is at it, and what its newest measurings were."""

    control = models.CharField(max_length=10, unique=True)
    due_at = models.DateTimeField(db_index=True)
    asked_at = models.DateTimeField(null=True)
    # Who measures it now, and until when that is believed: a process that was killed can't give it back.
    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    latest = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    # The newest that came to a verdict.
    conclusive = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    objects = ProbeQuerySet.as_manager()


class Finding(models.Model):
    """A control that fails: from the measuring that first said so to the one that found it mended."""

    control = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    objects = models.Manager["Finding"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["control"], condition=models.Q(closed_at=None), name="controls_one_open_finding"
            )
        ]


class Statement(models.Model):
    """What a named person said of a control, until when; never changed, but it can be ended before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    control = models.CharField(max_length=10)
    by_ref = models.UUIDField(db_index=True)
    said_at = models.DateTimeField()
    until = models.DateTimeField()
    # In the person's own words, under their own key.
    note_sealed = models.BinaryField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_ref = models.UUIDField(null=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> Said:
        """As the engine has it."""
        return Said(self.said_at, self.until)


class Attestation(Statement):
    """That a control is kept, as far as this person knows."""

    objects = models.Manager["Attestation"]()

    class Meta:
        indexes = [models.Index(fields=["control", "until"], name="controls_attestation_of")]


class AttestationFile(models.Model):
    """A file that somebody put with their word: a receipt, a picture. Name and content are under their own key."""

    attestation = models.OneToOneField(Attestation, models.PROTECT, primary_key=True, related_name="file")
    size_bytes = models.PositiveIntegerField()
    name_sealed = models.BinaryField()
    content_sealed = models.BinaryField()

    objects = models.Manager["AttestationFile"]()


class Exemption(Statement):
    """That a control doesn't apply to the firm; the note is the reason."""

    objects = models.Manager["Exemption"]()

    class Meta:
        indexes = [models.Index(fields=["control", "until"], name="controls_exemption_of")]


class DayScore(models.Model):
    """How many controls stood how on one day, for companies of one size: what the trend is drawn from."""

    on = models.DateField()
    tier = models.CharField(max_length=10)
    of = models.PositiveSmallIntegerField()
    proven = models.PositiveSmallIntegerField()
    attested = models.PositiveSmallIntegerField()
    stale = models.PositiveSmallIntegerField()
    failing = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    not_applicable = models.PositiveSmallIntegerField()

    objects = models.Manager["DayScore"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "tier"], name="controls_day_score_once")]
