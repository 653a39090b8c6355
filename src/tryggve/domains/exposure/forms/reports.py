from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_FILES: Final = 31


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """Some files at once; each is cleaned by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given: Sequence[Any] = data if isinstance(data, list) else [data]
        if len(given) > MOST_FILES:
            message = _("These are more than %(most)s files. Nothing was read: give some of them first.")
            raise forms.ValidationError(message % {"most": MOST_FILES})
        return [super(_Files, self).clean(one, initial) for one in given]


class ReportFiles(forms.Form):
    """Reports as they came by mail."""

    reports = _Files(
        label=_("Reports that came by mail"),
        help_text=_("The attached files as they are: .zip, .gz or .xml. You can choose several at once."),
        widget=_SeveralFiles(attrs={"accept": ".zip,.gz,.xml", "multiple": True}),
        allow_empty_file=True,
    )
