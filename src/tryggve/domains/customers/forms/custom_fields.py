from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.values.cleaning import BadCell, clean_text, one_line
from tryggve.domains.customers.models import CustomField

_LONGEST_NAME = 100
_MOST_CHOICES = 50


class CustomFieldForm(forms.Form):
    """One field of the firm's own."""

    name = forms.CharField(label=_("What is it called?"), max_length=_LONGEST_NAME)
    kind = forms.ChoiceField(label=_("How is it answered?"), choices=CustomField.Kind.choices)
    choices = forms.CharField(
        label=_("What can be chosen"),
        required=False,
        max_length=_MOST_CHOICES * (_LONGEST_NAME + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For «one of several»: one on each line."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: kept with identity numbers, shown only to who gives a reason"),
        required=False,
        help_text=_(
            "Choose this for health, religion, union membership and the like. You can't change it once customers have"
            " answered."
        ),
    )

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_choices(self) -> list[str]:
        lines = map(str.strip, self.cleaned_data["choices"].splitlines())
        choices = list(dict.fromkeys(_one_line(line) for line in lines if line))
        if len(choices) > _MOST_CHOICES:
            raise forms.ValidationError(_("These are too many to choose from."))
        return choices

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and answers["kind"] == "CHOICE" and len(answers["choices"]) < 2:
            self.add_error("choices", _("Write at least two to choose from."))
        return answers

    @staticmethod
    def initial_from(field: Field) -> dict[str, Any]:
        """What the form shows of a field."""
        return {
            "name": field.name,
            "kind": field.kind,
            "choices": "\n".join(field.choices),
            "is_sensitive": field.is_sensitive,
        }


def _one_line(text: str) -> str:
    try:
        return one_line(clean_text(text), longest=_LONGEST_NAME)
    except BadCell:
        raise forms.ValidationError(
            _("This is too long, or there are letters in it that can't be read.")
        ) from None
