from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access.client_form import ClientForm
from tryggve.domains.access.models import IdentityProvider


class ProviderSettings(ClientForm):
    """Whose sign-in people may come with."""

    kept = (*ClientForm.kept, "links_by_email", "trusts_factor")

    links_by_email = forms.BooleanField(
        label=_("Also let in who comes for the first time with a verified e-mail address of somebody here"),
        required=False,
        help_text=_(
            "Off is safer: everybody links the own account once, on «My sign-in». On means that whoever looks after "
            "the sign-in service, or takes over a mailbox there, can take the first step as anybody here. Microsoft "
            "doesn't say whether addresses are verified, so with Microsoft it has no effect."
        ),
    )
    trusts_factor = forms.BooleanField(
        label=_("Don't ask for the second step if the service says that it asked for one"),
        required=False,
        help_text=_(
            "Off is safer: the second step is asked for here, too. On means that one break-in at the service opens "
            "Tryggve. What is most important is asked for here in any case."
        ),
    )

    def __init__(self, data: Any = None, *, known: IdentityProvider | None) -> None:
        super().__init__(data, known=known)
        self.fields["name"].label = _("Name of the sign-in service")
        self.fields["name"].help_text = _(
            "It stands on the button: Microsoft, Google, or what you call it among yourselves."
        )
        self.fields["issuer"].help_text = _("Below you find Microsoft's and Google's.")
        self.fields["client_id"].help_text = _("The service gives it to you when you tell it about Tryggve.")
