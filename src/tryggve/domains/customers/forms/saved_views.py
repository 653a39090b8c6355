from django import forms
from django.utils.translation import gettext_lazy as _

_LONGEST_NAME = 60


class ViewName(forms.Form):
    """What a view is called."""

    name = forms.CharField(label=_("What shall the view be called?"), max_length=_LONGEST_NAME)
