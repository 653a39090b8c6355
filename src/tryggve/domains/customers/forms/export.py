from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.services.export import LONGEST_REASON
from tryggve.domains.customers.words import export as export_words


class ExportForm(forms.Form):
    """Which customers leave, as what, and why."""

    view = forms.ChoiceField(label=_("Which customers?"), widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=_("What kind of file?"),
        choices=list(export_words.FORMATS.items()),
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why do they leave?"),
        max_length=LONGEST_REASON,
        help_text=_(
            "For example: «addresses for the Christmas cards, to the printer». It is kept in the log."
        ),
    )

    def __init__(self, *args: Any, views: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"].choices = views  # type: ignore[attr-defined]  # a choice field
        # Who comes from a search means those who were found.
        is_found = views[-1][0] == "found"
        self.initial.setdefault("view", "found" if is_found else views[0][0])
