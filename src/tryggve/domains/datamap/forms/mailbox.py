from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap.forms.told import LONGEST_PATH, PLAIN
from tryggve.domains.datamap.origins import mailbox

_HIGHEST_PORT = 65535
_OF_THE_SERVER = ("host", "user", "security", "port")


class Mailbox(forms.Form):
    """A mailbox that is read by IMAP."""

    title = forms.CharField(
        label=_("What do you call it?"), max_length=80, help_text=_("Such as «Our mailbox» or «Anna's mail».")
    )
    host = forms.RegexField(
        r"^[\w.:-]+$",
        label=_("Mail server"),
        max_length=253,
        help_text=_("The name of the server for incoming mail (IMAP), such as imap.example.com."),
        error_messages={"invalid": _("Only the name, such as imap.example.com: no spaces, no https.")},
        widget=forms.TextInput(attrs=PLAIN),
    )
    user = forms.CharField(
        label=_("Name to sign in with"),
        max_length=254,
        help_text=_("Most often the whole mail address."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_(
            "At Google and at others with two-step sign-in: an app password. Microsoft 365 lets no program in by"
            " password, so such a mailbox can't be added."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    security = forms.ChoiceField(
        label=_("Encryption"),
        choices=[(mailbox.TLS, _("from the start (port 993)")), (mailbox.STARTTLS, _("STARTTLS (port 143)"))],
        initial=mailbox.TLS,
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=_HIGHEST_PORT, initial=993)
    leave_out = forms.CharField(
        label=_("Folders that are left out"),
        max_length=LONGEST_PATH,
        required=False,
        help_text=_("One a line, such as Spam or Private*"),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
    )
    is_watched = forms.BooleanField(
        label=_("Nobody's personal data should be here: tell me when some turns up"), required=False
    )

    def keep_password(self) -> None:
        """For a mailbox that is known: without a new one the one from before stays."""
        self.fields["password"].required = False
        self.fields["password"].help_text = _("Leave it empty to keep the one from before.")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        kept = {name: self.initial.get(name) for name in _OF_THE_SERVER}
        asked = {name: answers.get(name) for name in _OF_THE_SERVER}
        if not self.fields["password"].required and not answers.get("password") and asked != kept:
            self.add_error(
                "password", _("Type the password, too: a saved one is never sent to another server.")
            )
        return answers

    def access(self, *, before: str = "") -> dict[str, Any]:
        """What was told of how to get in, as it is kept."""
        said: dict[str, Any] = self.cleaned_data
        return {
            "host": said["host"].strip(),
            "user": said["user"].strip(),
            "password": said["password"] or before,
            "security": said["security"],
            "port": said["port"],
        }
