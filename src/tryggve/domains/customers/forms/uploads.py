from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import uploads

_LONGEST_SOURCE = 200


class Upload(forms.Form):
    """A list to bring in."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_(
            "A CSV file, a spreadsheet (.xlsx, .xls, .ods) or contact cards (.vcf). It is read on this computer and "
            "is not sent anywhere."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.vcf,.vcard"}),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Where does the list come from?"),
        max_length=_LONGEST_SOURCE,
        required=False,
        help_text=_("For example: «autumn fair 2026» or «our old customer file». You will be asked one day."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > uploads.LARGEST_BYTES:
            raise forms.ValidationError(uploads.too_large_in_words())
        return file
