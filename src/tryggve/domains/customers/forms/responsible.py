from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import selectors as accounts
from tryggve.accounts.selectors import Colleague


class Responsible(forms.Form):
    """Who looks after a customer."""

    responsible = forms.ChoiceField(label=_("Looked after by"), required=False)

    def __init__(self, *args: Any, people: Sequence[Colleague] | None = None, **kwargs: Any) -> None:
        """``people`` are all colleagues, for who has asked for them already."""
        super().__init__(*args, **kwargs)
        known = accounts.colleagues() if people is None else people
        here = [(str(one.id), one.name) for one in known if one.is_here]
        self.fields["responsible"].choices = [("", _("Nobody in particular")), *here]  # type: ignore[attr-defined]

    def person(self) -> UUID | None:
        """Who was chosen."""
        chosen = self.cleaned_data["responsible"]
        return UUID(chosen) if chosen else None
