from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.notices.models import MailServer, Security
from tryggve.notices.smtp import is_loopback

_HIGHEST_PORT = 65_535


class MailSettings(forms.Form):
    """Through which server mail leaves. The password is never shown again; left empty it stays."""

    host = forms.RegexField(
        r"^[\w.:-]+$",
        label=_("The name of the mail server"),
        max_length=253,
        help_text=_("Your mail provider calls it «outgoing server» or «SMTP». Below are the usual ones."),
        error_messages={"invalid": _("Only the name, such as smtp.example.com: no spaces, no https.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    security = forms.ChoiceField(
        label=_("How is the way there encrypted?"), choices=Security.choices, initial=Security.STARTTLS
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=_HIGHEST_PORT, initial=587)
    username = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        help_text=_("Most often the whole e-mail address of the mailbox."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    sender_address = forms.EmailField(
        label=_("Sender's address"),
        help_text=_("What people see that the mail is from. Take the mailbox that you sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    sender_name = forms.CharField(
        label=_("Sender's name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, known: MailServer | None, firm_name: str) -> None:
        self._known = known
        super().__init__(data, initial=_initial(known, firm_name))
        if self._has_password:
            self.fields["password"].help_text = _(
                "One is saved and isn't shown. Leave this empty to keep it."
            )

    @property
    def _has_password(self) -> bool:
        return bool(self._known and self._known.password_sealed)

    def clean_sender_name(self) -> str:
        return " ".join(self.cleaned_data["sender_name"].split())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("security") == Security.NONE and not is_loopback(answers.get("host", "")):
            self.add_error(
                "security", _("Without encryption the password could be read on the way. Choose STARTTLS.")
            )
        if answers.get("username") and not answers.get("password") and not self._keeps_password(answers):
            self.add_error(
                "password", _("Type the password, too: a saved one is never sent to another server.")
            )
        return answers

    def details(self) -> dict[str, Any]:
        """The answers as the service wants them: the password None to keep it, empty where nobody signs in."""
        answers = dict(self.cleaned_data)
        if not answers["username"]:
            answers["password"] = ""
        elif not answers["password"]:
            answers["password"] = None
        return answers

    def _keeps_password(self, answers: dict[str, Any]) -> bool:
        known = self._known
        asked = (answers.get("host"), answers["username"])
        return known is not None and self._has_password and asked == (known.host, known.username)


def _initial(known: MailServer | None, firm_name: str) -> dict[str, Any]:
    if known is None:
        return {"sender_name": firm_name}
    names = ("host", "security", "port", "username", "sender_address", "sender_name")
    return {name: getattr(known, name) for name in names}
