from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.wording import LONGEST


class Tell(forms.Form):
    """What happened, in a minute."""

    kind = forms.ChoiceField(label=_("What has happened?"), choices=Report.Kind, widget=forms.RadioSelect)
    happened = forms.ChoiceField(
        label=_("When?"), choices=Report.When, initial=Report.When.NOW, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST,
        required=False,
        help_text=_("A line is enough. Leave out customers' names: they can be asked for later."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_anonymous = forms.BooleanField(
        label=_("Don't say who I am"),
        required=False,
        help_text=_(
            "If you tick the box, Tryggve writes down nowhere that it was you, and nobody can answer you. What can't "
            "be hidden is when it was told, and how you write: who knows that only you were at work can guess."
        ),
    )


class Words(forms.Form):
    """An answer, or what came of it."""

    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, asked: Any, help: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = asked, help
