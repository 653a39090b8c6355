from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File
from tryggve.domains.datamap.selectors.ages import Age
from tryggve.domains.datamap.selectors.shown_files import Wanted
from tryggve.domains.datamap.words import ages, kinds


class Filters(forms.Form):
    """Which files are shown; what can't be understood isn't asked about."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    kind = forms.ChoiceField(label=_("What is in them"), required=False)
    age = forms.ChoiceField(label=_("How old"), required=False)
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("those that wait for you")), (File.State.REVIEWED, _("those that may stay"))],
    )

    def __init__(self, *args: Any, places: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: dict[str, Any] = self.fields
        found["place"].choices = [("", _("all places")), *((str(id), title) for id, title in places)]
        found["kind"].choices = [("", _("anything")), *((kind.value, kinds.name(kind)) for kind in Kind)]
        found["age"].choices = [("", _("of any age")), *((age.value, ages.name(age)) for age in Age)]

    def wanted(self) -> Wanted:
        self.full_clean()
        said = self.cleaned_data
        return Wanted(
            source=UUID(said["place"]) if said.get("place") else None,
            kind=said.get("kind", ""),
            age=Age(said["age"]) if said.get("age") else None,
            state=said.get("state") or File.State.THERE,
        )

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
