from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.domains.access.selectors import provider as selectors
from tryggve.domains.access.services import arrivals
from tryggve.lib.errors import Refusal


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Where allauth's sign-in by another company meets us: it makes no account, keeps no data, calls nobody."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The firm's own settings, in place of a table with secrets in the clear. Raises vault.Locked."""
        own = selectors.opened_provider()
        if own is None or provider not in (None, arrivals.OPENID, own.key):
            return []
        return [
            SocialApp(
                provider=arrivals.OPENID,
                provider_id=own.key,
                name=own.name,
                client_id=own.client_id,
                secret=own.secret,
                settings={"server_url": own.issuer},
            )
        ]

    def get_requests_session(self) -> NoReturn:
        """``provider_calls`` alone calls other computers."""
        raise NotImplementedError

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Nobody's account is made or filled from elsewhere, and of the rest issuer and subject are kept."""
        said = sociallogin.account.extra_data
        sociallogin.account.extra_data = {"issuer": said.get("iss", ""), "subject": sociallogin.account.uid}
        user: User = sociallogin.user
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Whose verified address it is, where the firm allows linking by it; services.identities judges the rest."""
        own = selectors.the_provider()
        if own is None or not own.links_by_email or sociallogin.state.get("way") != arrivals.BY_OPENID:
            return None
        for address in sociallogin.email_addresses:
            user = User.objects.filter(email=address.email).first()
            if address.verified and user is not None:
                return user, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Answer in place of all that allauth would do next."""
        now = timezone.now()
        try:
            answer = arrivals.answer_to(request, sociallogin, at=now)
        except Refusal as refusal:
            arrivals.log_refused(request, refusal, at=now)
            answer = render(request, "access/provider_refused.html", {"refusal": refusal}, status=403)
        raise ImmediateHttpResponse(answer)
