from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.engine.values.cleaning import BadCell, clean_text
from tryggve.domains.customers.services.notes import LONGEST_NOTE


class NoteForm(forms.Form):
    """Something to write down about a customer."""

    text = forms.CharField(
        label=_("New note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The customer has a right to read it. Nothing about health and no identity numbers here."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        try:
            return clean_text(self.cleaned_data["text"])
        except BadCell:
            raise forms.ValidationError(
                _("There are invisible control characters in it. Remove them, or write it anew.")
            ) from None

    def take_as_seen(self, revision: int) -> None:
        """The person has been told of that revision: sending the same text again replaces it."""
        self.data = {**self.data, "revision": revision}
