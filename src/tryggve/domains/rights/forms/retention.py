from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.engine.calendars.keeping_rules import Rule
from tryggve.domains.rights.engine.calendars.keeping_words import words_of
from tryggve.domains.rights.models import Keep
from tryggve.domains.rights.retention_words import source_of
from tryggve.domains.rights.services.retention.keeping import LONGEST_REASON
from tryggve.domains.rights.services.retention.keeping_by_law import LONGEST_WORDS

MOST_AT_ONCE = 50


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


class Chosen(forms.Form):
    """The customers that were ticked, and whether this person is sure."""

    sure = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers: list[UUID] = []

    def clean(self) -> dict[str, Any]:
        asked = self.data.getlist("customers")  # type: ignore[attr-defined]  # what a browser sends
        try:
            self.customers = list(dict.fromkeys(map(UUID, asked)))
        except ValueError:
            self.customers = []
        if not 0 < len(self.customers) <= MOST_AT_ONCE:
            raise forms.ValidationError(_("Tick one or more customers first. Nothing was changed."))
        return self.cleaned_data


class KeepForm(forms.Form):
    """Why a customer is kept all the same, and until when."""

    kind = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        initial=Keep.Kind.LONGER,
        choices=[
            (Keep.Kind.LONGER, _("Keep longer: the customer isn't listed as due meanwhile")),
            (Keep.Kind.HOLD, _("Hold by law or dispute: nobody can erase the customer until you end it")),
        ],
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept encrypted, and the customer may ask to see it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = _day(_("Until when?"), _("Leave it empty to keep until somebody ends it."), required=False)

    def kind_chosen(self) -> Keep.Kind:
        return Keep.Kind(self.cleaned_data["kind"])


class EndForm(forms.Form):
    """When the assignment ended."""

    ended_on = _day(
        _("When did the last assignment end?"),
        _("Leave it empty if it hasn't ended or you don't know: then the last contact counts."),
        required=False,
    )


class ByLawForm(forms.Form):
    """What the law demands to keep, and for which fiscal year."""

    rule = forms.ChoiceField(label=_("By which rule?"))
    counted_from = _day(_("The last day of the fiscal year"))
    words = forms.CharField(
        label=_("What must be kept?"),
        help_text=_(
            "As the invoice has it: number, date, name, address, what was sold and the amount. No more than that: it "
            "stays when the customer is erased."
        ),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, laws: list[Rule], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.code, f"{words_of(one, language=language).title}: {source_of(one)}") for one in laws
        ]
