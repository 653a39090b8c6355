from datetime import date, datetime, time, timedelta

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import services

_LONGEST_NOTE = 2000


class _Until(forms.Form):
    """Until a day, that day included."""

    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def until_when(self) -> datetime | None:
        """The end of that day where the company is; None for as long as it may stand."""
        day: date | None = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


class Vouch(_Until):
    """Somebody's word that a protection is kept."""

    note = forms.CharField(
        label=_("How do you know?"),
        help_text=_("A few words for who reads it in a year. They are encrypted under your own key."),
        max_length=_LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        help_text=_("A receipt or a picture, at most 2 MB. It is encrypted before it is kept."),
        required=False,
        error_messages={"empty": _("The file is empty. Nothing was kept.")},
    )
    field_order = ("note", "file", "until")

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size is None or file.size > services.LARGEST_FILE_BYTES):
            raise forms.ValidationError(_("The file is larger than 2 MB. Nothing was kept."))
        return file

    def attached(self) -> services.Attached | None:
        """The file, read whole."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return services.Attached(file.name or "", file.read()) if file else None


class LeaveOut(_Until):
    """Why a protection isn't for this company."""

    reason = forms.CharField(
        label=_("Why isn't it for you?"),
        help_text=_("It is encrypted under your own key, and asked again when the time is over."),
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": services.ReasonMissing.sentence},
    )
    field_order = ("reason", "until")


def last_day(frequency_days: int, *, now: datetime) -> date:
    """The last day until which somebody's word may stand."""
    return timezone.localdate(now + timedelta(days=frequency_days)) - timedelta(days=1)
