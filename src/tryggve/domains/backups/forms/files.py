from django import forms
from django.utils.translation import gettext_lazy as _


class ByName(forms.Form):
    """A part of what a file or folder is called."""

    name = forms.CharField(
        label=_("Part of the file's name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "type": "search"}),
    )
