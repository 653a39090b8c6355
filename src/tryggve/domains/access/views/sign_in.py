from typing import Any

from allauth.account.views import LoginView

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.access.selectors import provider
from tryggve.domains.access.services import passkeys, saml_round


@permission(PUBLIC)
class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Address and password, a passkey, or the way to another company's sign-in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "can_use_passkeys": passkeys.can_be_used(self.request),
            "provider": provider.name_of_provider(),
            "has_saml": saml_round.is_on(),
        }
        return {**super().get_context_data(**kwargs), **more}
