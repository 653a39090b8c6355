from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class GoThrough(forms.Form):
    """A tick for each person, by the stamp of what they may: a tick for what has changed since counts for nothing."""

    def __init__(self, data: Any = None, *, people: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        for stamp, name in people:
            self.fields[stamp] = forms.BooleanField(
                label=_("%(name)s works here and needs this") % {"name": name},
                error_messages={"required": _("Tick this, or change what the person may first.")},
            )

    @property
    def seen(self) -> list[str]:
        """The stamps of those who were ticked."""
        return [stamp for stamp, is_ticked in self.cleaned_data.items() if is_ticked]
