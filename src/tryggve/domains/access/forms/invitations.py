from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.domains.access.forms.people import choices_of, role_choices
from tryggve.domains.access.services.invitations import Place
from tryggve.domains.access.words import people as words
from tryggve.ui import languages

_MAY_BE_GIVEN = (Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT)


class Invite(forms.Form):
    """Who is invited, what they shall be, and how the link reaches them."""

    name = forms.CharField(
        label=_("What is the person called?"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person signs in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Which language does the person read?"), choices=languages.OWN_NAMES)
    role = forms.ChoiceField(
        label=_("What should this person be?"), widget=forms.RadioSelect, initial=Role.EMPLOYEE
    )
    scope = forms.ChoiceField(
        label=_("Whose customers does this person see?"),
        choices=[choice for choice in Scope.choices if choice[0] != Scope.TEAM],
        initial=Scope.ALL,
        widget=forms.RadioSelect,
    )
    given = forms.MultipleChoiceField(
        label=_("Beyond the role"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(
        label=_("How does the link get there?"),
        choices=[
            ("mail", _("By mail, to the address above")),
            ("shown", _("You see it here once, and hand it over yourself")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, viewer: User, has_mail: bool) -> None:
        super().__init__(data, initial={"language": viewer.language, "way": "mail" if has_mail else "shown"})
        choices_of(self, "role").choices = role_choices(viewer)
        choices_of(self, "given").choices = [(area, words.may_also(area)) for area in _MAY_BE_GIVEN]
        if viewer.role != Role.OWNER:
            del self.fields["given"]
        if not has_mail:
            self.fields["way"].help_text = _(
                "There are no settings for mail yet: a mail would wait in the outbox."
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        role = answers.get("role")
        for area in answers.get("given", []):
            if role and Level.CHANGE not in roles.choices_for(role, area):
                told = {"area": Area(area).label, "role": Role(role).label}
                self.add_error("given", _("«%(area)s» can't be given to the role «%(role)s».") % told)
        if Area.IMPORT in answers.get("given", []) and answers.get("scope") != Scope.ALL:
            self.add_error("given", _("Only who sees all customers can bring in lists."))
        return answers

    def place(self) -> Place:
        """What the person shall be. Whose customers is nothing to choose for an owner."""
        role = Role(self.cleaned_data["role"])
        scope = Scope.ALL if role == Role.OWNER else Scope(self.cleaned_data["scope"])
        given = {area: int(Level.CHANGE) for area in self.cleaned_data.get("given", [])}
        return Place(role, scope, given)


class Join(forms.Form):
    """What somebody who was invited answers."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Four words that don't belong together are easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, name: str, email: str) -> None:
        super().__init__(data, initial={"name": name})
        self._email = email

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        password, again = answers.get("password"), answers.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords differ. Type the same one twice."))
        if password:
            try:
                password_validation.validate_password(
                    password, User(email=self._email, name=answers.get("name", ""))
                )
            except ValidationError as refused:
                self.add_error("password", refused)
        return answers
