from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.services.heartbeats import LONGEST_DAYS

_PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
_LONGEST_PATH = 4096


class OwnFolder(forms.Form):
    """A folder on this computer."""

    path = forms.CharField(
        label=_("The folder"),
        max_length=_LONGEST_PATH,
        help_text=_("The whole path on the computer that Tryggve runs on, such as /home/anna/Bookkeeping."),
        widget=forms.TextInput(attrs=_PLAIN),
    )


class OtherBackup(forms.Form):
    """A backup that something else makes, and how Tryggve hears of it."""

    title = forms.CharField(
        label=_("What is copied?"),
        max_length=80,
        help_text=_("Such as «Anna's computer, Time Machine» or «The NAS in the office»."),
    )
    every_days = forms.IntegerField(
        label=_("Every how many days?"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=1,
        help_text=_("You are told when a day more has passed."),
    )
    kind = forms.ChoiceField(
        label=_("How does Tryggve hear of it?"),
        choices=[
            (Heartbeat.Kind.ADDRESS, _("It calls an address when it is done. You get the line to paste.")),
            (Heartbeat.Kind.FOLDER, _("It leaves new files in a folder that this computer can see.")),
        ],
        initial=Heartbeat.Kind.ADDRESS,
        widget=forms.RadioSelect,
    )
    path = forms.CharField(
        label=_("The folder, if it is one"),
        max_length=_LONGEST_PATH,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )

    @property
    def calls_an_address(self) -> bool:
        return bool(self.cleaned_data["kind"] == Heartbeat.Kind.ADDRESS)


class OtherComputer(forms.Form):
    """Another computer that backs up its own folders."""

    title = forms.CharField(
        label=_("Which computer?"),
        max_length=80,
        help_text=_("Such as «Anna's laptop»: so it is called in the list."),
    )
    every_days = forms.IntegerField(
        label=_("Every how many days is it surely on?"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=1,
        help_text=_("You are told when a day more has passed."),
    )


class CodeFromElsewhere(forms.Form):
    """What a restore on another computer showed at its end."""

    code = forms.CharField(
        label=_("The code from the other computer"),
        max_length=40,
        help_text=_("Four groups of four signs, such as 7f3a-09bc-d412-88e0."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
