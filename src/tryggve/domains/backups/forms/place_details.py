"""What is typed of a place: what it is called, where it is, and what lets in there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.backups.forms.place_questions import COUNTRIES
from tryggve.domains.backups.models import Place

_PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
_WORD = forms.TextInput(attrs=_PLAIN)
_ADDRESS = forms.TextInput(attrs={**_PLAIN, "inputmode": "url"})
# What was typed there is never sent back.
_SECRET = forms.PasswordInput(attrs={"autocomplete": "off"})


class Called(forms.Form):
    """What people call it."""

    title = forms.CharField(
        label=_("What do you call it?"), max_length=80, help_text=_("Such as «The red disk» or «At Bo's».")
    )


class Change(Called):
    """What may be said anew of a place."""

    carried = forms.BooleanField(
        label=_("It is a disk that is carried away when it isn't needed"), required=False
    )
    elsewhere = forms.BooleanField(label=_("It stands in another house than Tryggve"), required=False)
    country = forms.ChoiceField(label=_("In which country?"), choices=COUNTRIES, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Place.Kind.FOLDER:
            del self.fields["carried"]


class Details(Called):
    """Where it is and what lets in there: fields of the names that ``place_kinds`` takes.

    ``is_known``: of a place that is in use already, which has its name and its passwords.
    """

    old_password = forms.CharField(
        label=_("Password of the backups that lie there"),
        max_length=512,
        required=False,
        help_text=_("If they are yours: Tryggve takes them up, and goes on with them."),
        widget=_SECRET,
    )

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._old_password = self.fields["old_password"]
        if is_known:
            del self.fields["title"]
        if is_known or not self.data.get("old_password"):
            del self.fields["old_password"]

    def ask_for_old_password(self) -> None:
        """There are backups already, which the passwords known here don't open."""
        self.fields["old_password"] = self._old_password

    @property
    def told(self) -> dict[str, str]:
        """What was typed of the place itself."""
        return {
            name: str(value)
            for name, value in self.cleaned_data.items()
            if name not in {"title", "old_password", "carried_key", "shown_by", "is_right"}
            and value is not None
        }


class Folder(Details):
    """A folder or a disk."""

    path = forms.CharField(
        label=_("The folder"),
        max_length=4096,
        help_text=_(
            "The whole path on the computer that Tryggve runs on, such as /media/anna/Red/Backups. Attach the disk "
            "first."
        ),
        widget=_WORD,
    )


class Sftp(Details):
    """Another computer. ``host_key`` is what it showed of itself, ``shown_by`` which one did."""

    host = forms.CharField(label=_("The computer's name or address"), max_length=253, widget=_WORD)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=22)
    user = forms.CharField(label=_("User there"), max_length=64, widget=_WORD)
    path = forms.CharField(
        label=_("Folder there"), max_length=1024, help_text=_("It is made if it isn't there."), widget=_WORD
    )
    carried_key = forms.CharField(max_length=4096, widget=forms.HiddenInput)
    host_key = forms.CharField(max_length=4096, required=False, widget=forms.HiddenInput)
    shown_by = forms.CharField(max_length=512, required=False, widget=forms.HiddenInput)
    is_right = forms.BooleanField(
        label=_("Yes, this is the computer that I mean: its fingerprint is the same"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("host_key"):
            del self.fields["is_right"]

    @property
    def asked(self) -> str:
        """Which computer is meant."""
        return f"{self.cleaned_data['host']} {self.cleaned_data['port']}"

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody compared what this computer shows of itself."""
        told = self.cleaned_data
        return bool(told["host_key"] and told.get("is_right") and told["shown_by"] == self.asked)


class S3(Details):
    """Rented storage."""

    endpoint = forms.CharField(
        label=_("The storage's address"),
        max_length=253,
        help_text=_("Such as https://fsn1.your-objectstorage.com, as the provider tells it (endpoint)."),
        widget=_ADDRESS,
    )
    bucket = forms.CharField(label=_("Bucket"), max_length=63, widget=_WORD)
    inside = forms.CharField(label=_("Folder in it"), max_length=512, required=False, widget=_WORD)
    region = forms.CharField(
        label=_("Region"),
        max_length=64,
        required=False,
        help_text=_("If the provider tells one."),
        widget=_WORD,
    )
    key_id = forms.CharField(label=_("Access key's id"), max_length=256, widget=_WORD)
    secret = forms.CharField(label=_("Access key's secret"), max_length=512, widget=_SECRET)

    @property
    def told(self) -> dict[str, str]:
        told = super().told
        return {**told, "prefix": told.pop("inside")}


class Rest(Details):
    """A server of restic's own kind."""

    address = forms.CharField(
        label=_("The server's address"),
        max_length=1024,
        help_text=_("Such as https://backup.firm.se:8000/anna, without name and password."),
        widget=_ADDRESS,
    )
    user = forms.CharField(label=_("User there"), max_length=64, required=False, widget=_WORD)
    password = forms.CharField(label=_("Password there"), max_length=512, required=False, widget=_SECRET)


class Rclone(Details):
    """Whatever rclone is set up for."""

    remote = forms.CharField(label=_("The name that it has in rclone"), max_length=64, widget=_WORD)
    path = forms.CharField(label=_("Folder there"), max_length=1024, required=False, widget=_WORD)
    config = forms.CharField(
        label=_("Its part of rclone's configuration"),
        max_length=20_000,
        help_text=_(
            "What «rclone config show» prints. It is kept sealed, and lies in a file only while it is used."
        ),
        widget=forms.Textarea(attrs={**_PLAIN, "rows": 6}),
    )


DETAILS: dict[str, type[Details]] = {
    Place.Kind.FOLDER: Folder,
    Place.Kind.SFTP: Sftp,
    Place.Kind.S3: S3,
    Place.Kind.REST: Rest,
    Place.Kind.RCLONE: Rclone,
}
