from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.ui.languages import OWN_NAMES


class Making(forms.Form):
    """Which report."""

    reader = forms.ChoiceField(
        label=_("Who is to read it?"),
        choices=Report.Reader.choices,
        widget=forms.RadioSelect,
        help_text=_("A customer isn't told numbers. An insurer and an authority are."),
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=OWN_NAMES)
    year = forms.ChoiceField(
        label=_("What happened when?"),
        help_text=_("How the protections stand is told as of now, whatever you choose here."),
    )
    with_names = forms.BooleanField(
        label=_("Name those who vouched for something. Otherwise only their role is told."), required=False
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._today = today
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to mypy
        this, last = str(today.year), str(today.year - 1)
        field.choices = [("", _("the last twelve months")), (this, this), (last, last)]
        field.required = False

    def wanted(self) -> Wanted:
        """The report, of a form that is valid."""
        told = self.cleaned_data
        year = int(told["year"]) if told["year"] else None
        return Wanted(told["reader"], told["language"], Period.of_year(year, today=self._today))
