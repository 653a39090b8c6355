from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.selectors.consents.choices import Choice
from tryggve.domains.rights.services.consents.consents import Channel, Kind, Said

_BY_HAND = (Channel.PHONE, Channel.PAPER, Channel.MAIL, Channel.VISIT)
_SAID = (
    (Kind.GIVEN, _("yes")),
    (Kind.REFUSED, _("no")),
    (Kind.WITHDRAWN, _("takes back the yes")),
    (Kind.RENEWED, _("yes again, before the time was over")),
)
_LONGEST_TEXT = 2000
_MOST_MONTHS = 120
_FIRST_DAY = date(1900, 1, 1)


class Recorded(forms.Form):
    """What a customer said elsewhere than on a page of ours."""

    purpose = forms.ChoiceField(label=_("About"))
    kind = forms.ChoiceField(label=_("The customer says"), choices=_SAID, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How"), choices=[(one, one.label) for one in _BY_HAND])
    day = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until = forms.DateField(
        label=_("Holds until"),
        required=False,
        help_text=_("Only if the customer said yes for a time."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    by_guardian = forms.BooleanField(label=_("A parent said it in the child's place"), required=False)

    def __init__(
        self, *args: Any, purposes: Sequence[tuple[UUID, str]], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self.fields["purpose"].choices = [(str(one), name) for one, name in purposes]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < _FIRST_DAY:
            raise forms.ValidationError(_("Choose the day when the customer said it."))
        return day

    def said(self) -> Said:
        """What was said, in the newest words for it."""
        until = self.cleaned_data["until"]
        return Said(
            UUID(self.cleaned_data["purpose"]),
            Kind(self.cleaned_data["kind"]),
            holds_until=timezone.make_aware(datetime.combine(until, time.max)) if until else None,
        )

    def happened_at(self) -> datetime:
        """When; without a time of day, at its beginning, and today just now."""
        day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
        if clock is None and day == timezone.localdate(self._now):
            return self._now
        return timezone.make_aware(datetime.combine(day, clock or time.min))


class Question(forms.Form):
    """About what to ask by mail."""

    purpose = forms.ChoiceField(label=_("Ask about"), required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(one.purpose), one.words.name) for one in choices]
        self.fields["purpose"].choices = [("", _("all that needs consent")), *told]  # type: ignore[attr-defined]

    def about(self) -> UUID | None:
        chosen = self.cleaned_data["purpose"]
        return UUID(chosen) if chosen else None


class Words(forms.Form):
    """In which words customers are asked."""

    text = forms.CharField(
        label=_("What the customer says yes to"),
        max_length=_LONGEST_TEXT,
        help_text=_(
            "One thing, in plain words: who does what with which data, and that a yes can be taken back at any time."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lasts_months = forms.IntegerField(
        label=_("A yes holds for so many months"),
        required=False,
        min_value=1,
        max_value=_MOST_MONTHS,
        help_text=_("Leave it empty if a yes holds until it is taken back."),
    )
