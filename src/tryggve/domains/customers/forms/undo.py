from django import forms
from django.utils.translation import gettext_lazy as _


class Undo(forms.Form):
    """How much of an import is taken back."""

    used_too = forms.BooleanField(
        label=_("Delete also the customers whom somebody worked on since"),
        required=False,
        help_text=_(
            "With their notes and documents. Otherwise they stay as they are now. A card into which another one was"
            " merged stays in any case: that customer wasn't made by the import alone."
        ),
    )
