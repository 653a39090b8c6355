from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap.services.bulk import MOST


class Chosen(forms.Form):
    """The files that were ticked, and whether this person has seen what becomes of them."""

    sure = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.asked = data.getlist("files")
        self.chosen: list[UUID] = []

    def clean(self) -> dict[str, Any]:
        try:
            self.chosen = list(dict.fromkeys(map(UUID, self.asked)))
        except ValueError:
            self.chosen = []
        if not 0 < len(self.chosen) <= MOST:
            raise forms.ValidationError(_("Tick one or more files first. Nothing was changed."))
        return self.cleaned_data


class Goal(forms.Form):
    """In how few places personal data may lie."""

    places = forms.IntegerField(
        label=_("In how many places may personal data lie, at the most?"),
        min_value=0,
        max_value=50,
        help_text=_(
            "Besides the register. Many small companies come down to one or two, such as the folder with the "
            "bookkeeping."
        ),
    )


class Customer(forms.Form):
    """To whose documents a file is moved."""

    customer = forms.ChoiceField(label=_("Whose is it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, named: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].choices = [(str(id), name) for id, name in named]  # type: ignore[attr-defined]  # a choice field
