from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.services import documents


class DocumentUpload(forms.Form):
    """A file about a customer."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("At most 25 MB. It is encrypted before it is kept."),
        error_messages={"empty": _("The file is empty. Nothing was kept.")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > documents.LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 25 MB. Nothing was kept."))
        return file
