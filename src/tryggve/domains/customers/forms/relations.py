from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.words import relations as relation_words

_LONGEST_SEARCH = 200


class Sought(forms.Form):
    """What another customer is to this one, and by what to find them."""

    kind = forms.ChoiceField(label=_("This customer is"), choices=relation_words.choices)
    text = forms.CharField(
        label=_("Find the other customer"),
        max_length=_LONGEST_SEARCH,
        help_text=_("A name, an e-mail address or a telephone number."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class Chosen(forms.Form):
    """Who it is."""

    kind = forms.ChoiceField(choices=relation_words.choices)
    other = forms.UUIDField()

    def who(self) -> UUID:
        other: UUID = self.cleaned_data["other"]
        return other
