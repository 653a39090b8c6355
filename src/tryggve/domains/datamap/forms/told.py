from django import forms
from django.utils.translation import gettext_lazy as _

PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
LONGEST_PATH = 4096


class Folder(forms.Form):
    """A folder, a disk or a network drive that this computer sees."""

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=80,
        help_text=_("Such as «The office disk» or «Anna's documents»."),
    )
    where = forms.CharField(
        label=_("The folder"),
        max_length=LONGEST_PATH,
        help_text=_("The whole path on the computer that Tryggve runs on, such as /home/anna/Documents."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    leave_out = forms.CharField(
        label=_("What is left out"),
        max_length=LONGEST_PATH,
        required=False,
        help_text=_("One pattern a line, such as *.iso or Pictures/*"),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
    )
    look_at = forms.CharField(
        label=_("Only these"),
        max_length=LONGEST_PATH,
        required=False,
        help_text=_("One pattern a line, such as *.xlsx; empty means every file."),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 2}),
    )
    is_watched = forms.BooleanField(
        label=_("Nobody's personal data should be here: tell me when some turns up"), required=False
    )

    def keep_place(self) -> None:
        """One that is known stays where it is: another folder is another place."""
        del self.fields["where"]


class Reason(forms.Form):
    """Why a file with personal data may stay where it is."""

    reason = forms.CharField(
        label=_("Why may it stay?"),
        max_length=500,
        help_text=_("Such as «The bookkeeping must be kept for seven years»."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def lines_of(text: str) -> list[str]:
    """Those in which anything stands."""
    return [line.strip() for line in text.splitlines() if line.strip()]
