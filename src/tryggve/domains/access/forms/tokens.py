from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions, tokens
from tryggve.accounts.models import User

_LIVES = {30: _("a month"), 90: _("three months"), 365: _("a year")}


class NewToken(forms.Form):
    """What a program may read, and for how long."""

    name = forms.CharField(
        label=_("What is the program called?"),
        max_length=60,
        help_text=_("So that you know it again in the list."),
    )
    scopes = forms.MultipleChoiceField(label=_("What may it read?"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label=_("How long does the token last?"), coerce=int, choices=list(_LIVES.items()), initial=90
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (name, title) for name, title in tokens.scopes().items() if permissions.may(user, name)
        ]

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
