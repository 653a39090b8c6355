from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.exposure.engine.names import LONGEST
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services.resolvers import MOST_SERVERS

# As it is pasted: with https:// before it and a whole path after it.
_LONGEST_TOLD = 2 * LONGEST
_PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class FirstDomain(forms.Form):
    """The one thing that a firm is asked first."""

    told = forms.CharField(
        label=_("Your domain"),
        max_length=_LONGEST_TOLD,
        help_text=_("What stands after @ in your mail address, such as firm.se."),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "url"}),
    )


class DomainUse(forms.Form):
    """How a domain is used; its keys matter only to who knows what they are called."""

    kind = forms.ChoiceField(
        label=_("How is it used?"),
        choices=[
            (Domain.Kind.SENDS, _("We send mail from it")),
            (Domain.Kind.RESTS, _("We send no mail from it")),
        ],
        initial=Domain.Kind.SENDS,
        widget=forms.RadioSelect,
    )
    selectors = forms.CharField(
        label=_("What the keys of your mail are called (DKIM selectors)"),
        max_length=1100,
        required=False,
        help_text=_(
            "Tryggve asks for the usual ones anyway. Write others with spaces between, if your mail is signed and "
            "Tryggve doesn't see it."
        ),
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def clean_selectors(self) -> list[str]:
        told: str = self.cleaned_data["selectors"]
        return told.replace(",", " ").split()


class NewDomain(DomainUse):
    """One more domain, with how it is used."""

    told = FirstDomain.base_fields["told"]
    field_order: Sequence[str] = ["told", "kind", "selectors"]


class NewSite(forms.Form):
    """One more website."""

    told = forms.CharField(
        label=_("The website's address"),
        max_length=_LONGEST_TOLD,
        help_text=_("As visitors type it, such as www.firm.se."),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "url"}),
    )


class NameServers(forms.Form):
    """Whom to ask; empty means whom the computer asks."""

    servers = forms.CharField(
        label=_("Addresses of name servers"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={**_PLAIN, "rows": MOST_SERVERS}),
    )

    def __init__(self, data: Any = None, *, chosen: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"servers": "\n".join(chosen)})
        # Put together here, in the reader's language: "%" on a lazy text is done at once.
        self.fields["servers"].help_text = _(
            "One a line, at most %(most)d. Leave it empty to ask those that this computer uses."
        ) % {"most": MOST_SERVERS}

    def clean_servers(self) -> list[str]:
        told: str = self.cleaned_data["servers"]
        return told.split()
