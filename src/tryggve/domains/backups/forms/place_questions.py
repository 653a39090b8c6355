"""The questions before a place is added: one a page, and the answers, which are codes alone, in the address."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.models import Place

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
COUNTRIES = [
    ("SE", _("Sweden")),
    ("DK", _("Denmark")),
    ("NO", _("Norway")),
    ("FI", _("Finland")),
    ("DE", _("Germany")),
    ("NL", _("the Netherlands")),
    ("FR", _("France")),
    ("IE", _("Ireland")),
    ("PL", _("Poland")),
    ("US", _("the United States")),
    ("", _("Another country, or I don't know")),
]
NAMES: dict[str, StrOrPromise] = {
    Place.Kind.FOLDER: _("A disk or a folder"),
    Place.Kind.SFTP: _("Another computer (SFTP)"),
    Place.Kind.S3: _("Storage that you rent (S3)"),
    Place.Kind.REST: _("A rest-server"),
    Place.Kind.RCLONE: _("What rclone reaches"),
}
_WHEN: dict[str, StrOrPromise] = {
    Place.Kind.FOLDER: _(
        "A disk that you attach and carry home is the best beginning: cheap, quick, and nobody who breaks in to the "
        "computer reaches it."
    ),
    Place.Kind.SFTP: _(
        "A NAS or a server in another house that lets you in by SSH: choose it if you have one."
    ),
    Place.Kind.S3: _(
        "From a provider, preferably in the EU. It stands elsewhere by itself, and costs a little each month."
    ),
    Place.Kind.REST: _("If somebody has set one up for you: it can be made to only add."),
    Place.Kind.RCLONE: _("For other storage, when rclone is set up on this computer already."),
}


def _named(kind: str) -> SafeString:
    return format_html("<span><strong>{}</strong><br>{}</span>", NAMES[kind], _WHEN[kind])


_named_lazy = lazy(_named, SafeString)


class Kind(forms.Form):
    """What it is."""

    heading = _("What kind of place is it?")
    why = _("Choose the simplest that you have. You can add more places later, and should have at least two.")

    kind = forms.ChoiceField(
        label=_("What kind of place is it?"),
        choices=[(kind, _named_lazy(kind)) for kind in NAMES],
        widget=forms.RadioSelect,
    )


class Holds(forms.Form):
    """What is to lie there."""

    heading = _("What should lie there?")
    why = _(
        "Data and keys are two copies. The data is kept for years. The keys make it readable, and are kept two weeks "
        "at the most, so that an erased customer can't be read in an old copy. To restore you need one of each."
    )

    holds = forms.ChoiceField(
        label=_("What should lie there?"),
        choices=[
            ("both", _("Data and keys. Simple, and enough for the first place.")),
            (
                "data",
                _(
                    "Data alone. For storage where nothing can be deleted, or that keeps versions: keys must not be in "
                    "such a place, as they could not be destroyed there."
                ),
            ),
            (
                "keys",
                _(
                    "Keys alone. For a place that always can be reached, and where what is deleted is gone: not a "
                    "synced folder, and no storage with versions or a lock."
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_carried: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_carried:
            self.why = _(
                "A disk that is carried away holds data alone. The keys must lie where Tryggve always can reach them: "
                "what is erased must be gone from every copy of the keys within two weeks."
            )
            self.fields["holds"] = forms.ChoiceField(
                label=self.heading,
                choices=[("data", _("Data alone. The next step is then a place for the keys."))],
                initial="data",
                widget=forms.RadioSelect,
            )


class Stands(forms.Form):
    """Where it is."""

    heading = _("Where does it stand?")
    why = _("A fire or a burglary takes what is in one house. At least one place should be in another.")

    carried = forms.ChoiceField(
        label=_("Is it a disk that is carried away when it isn't needed?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
    )
    elsewhere = forms.ChoiceField(
        label=_("Does it stand in another house than Tryggve, or is it carried there?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
    )
    country = forms.ChoiceField(label=_("In which country?"), choices=COUNTRIES, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Place.Kind.FOLDER:
            del self.fields["carried"]
