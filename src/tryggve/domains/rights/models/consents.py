from collections.abc import Iterable
from typing import Any, ClassVar, Never
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models.purposes import Purpose
from tryggve.lib.ids import new_id


class ConsentText(models.Model):
    """The words in which consent to a purpose is asked for; a change of them makes a new one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consent_texts")
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    text = models.TextField()
    # For how many months a consent in these words holds; null: until it is withdrawn.
    lasts_months = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()
    # What the company did with the data when it was asked in these words: facts and words, as the purpose keeps them.
    told = models.JSONField()
    # When the purpose became something else, to which nobody has said yes in these words.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_text_number_once", fields=["purpose", "language", "number"])
        ]


class HappenedOnce(TypeError):
    """Somebody tried to change or remove what happened."""


class ConsentEvents(models.QuerySet["ConsentEvent"]):
    """Adds and reads. What happened is gone only together with the customer it happened to."""

    def update(self, **kwargs: Any) -> Never:
        raise HappenedOnce

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise HappenedOnce

    def delete(self) -> Never:
        raise HappenedOnce

    def take_back(self, copies: Iterable[UUID]) -> int:
        """Remove what a merge had copied from another card, where it still is; how many there were."""
        return models.QuerySet.delete(self.filter(pk__in=list(copies)))[0]

    def erase_of(self, customer: UUID) -> int:
        """Remove all of a customer who is erased; how many there were."""
        return models.QuerySet.delete(self.filter(customer_ref=customer))[0]


class ConsentEvent(models.Model):
    """Something that happened to a customer's consent to a purpose. Rows are added, never changed."""

    objects: ClassVar[models.Manager["ConsentEvent"]] = ConsentEvents.as_manager()

    class Kind(models.TextChoices):
        ASKED = "ASKED", _("asked")
        GIVEN = "GIVEN", _("given")
        REFUSED = "REFUSED", _("refused")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")
        RENEWED = "RENEWED", _("renewed")
        EXPIRED = "EXPIRED", _("expired")

    class Channel(models.TextChoices):
        LINK = "LINK", _("by a link in a mail")
        PORTAL = "PORTAL", _("on the customer's own page")
        MAIL = "MAIL", _("by mail")
        PHONE = "PHONE", _("by telephone")
        PAPER = "PAPER", _("on paper")
        WEB = "WEB", _("by a form on the website")
        VISIT = "VISIT", _("face to face")
        ITSELF = "ITSELF", _("by time")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_ref = models.UUIDField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consent_events")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel)
    happened_at = models.DateTimeField()
    # Until when a given consent holds, if not until it is withdrawn.
    holds_until = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    # Whether a parent said it in a child's place (GDPR art. 8).
    is_by_guardian = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(name="consent_of_customer", fields=["customer_ref", "purpose", "happened_at"])
        ]

    def save(
        self,
        *,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Raises HappenedOnce for one that is there already."""
        if not self._state.adding:
            raise HappenedOnce
        super().save(force_insert=True, using=using)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise HappenedOnce
