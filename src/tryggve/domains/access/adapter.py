from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from tryggve.accounts import networks, sign_ins, whereabouts
from tryggve.accounts.models import User
from tryggve.accounts.pages import path_within
from tryggve.domains.access.engine import browsers
from tryggve.domains.access.services import limits, proofs
from tryggve.domains.access.services import sign_in as services
from tryggve.lib import random_tokens


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Where allauth meets us: nobody signs himself up, and each attempt is in the audit log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only pages of ours: another port of this computer, which allauth would allow, is another program."""
        return path_within(url) == url

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts attempts by: a browser that is known here counts for itself, wherever it stands."""
        return limits.place_of(request, str(super().get_client_ip(request)))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return limits.account_key(request, email=str(credentials.get("email", "")))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            if limits.is_news(request, email=str(credentials.get("email", ""))):
                services.log_limited_sign_in(at=timezone.now())
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who has that address and password; a closed account is answered like a wrong password."""
        user: User | None = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return user
        self.authentication_failed(request, **credentials)
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session; allauth comes here after the last step."""
        now = timezone.now()
        super().login(request, user)
        request.session.set_expiry(0)  # the cookie ends with the browser
        for one in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            one.pop("email", None)  # sessions hold ids and codes only
        is_new = self._begin(request, user, at=now)
        network = networks.network_of(request.META.get("REMOTE_ADDR", ""))
        is_strange = whereabouts.is_strange(user, network)
        if proofs.is_with_factor(request):
            whereabouts.note_signed_in(request.session, user=user, network=network, at=now)
        services.log_sign_in(
            user=user,
            at=now,
            method=proofs.way_in(request),
            address=request.META.get("REMOTE_ADDR", ""),
            browser=request.META.get("HTTP_USER_AGENT", ""),
        )
        if is_new:
            services.tell_of_new_device(user=user, browser=_browser(request), at=now)
        elif is_strange:
            services.tell_of_new_place(user=user, network=network, browser=_browser(request), at=now)

    @staticmethod
    def _begin(request: HttpRequest, user: User, *, at: datetime) -> bool:
        """Whether the device is new to this person."""
        token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or random_tokens.new_token()
        request.device_token = token  # type: ignore[attr-defined]  # the cookie goes out with the answer
        _row, is_new = sign_ins.begin(
            session=request.session,
            user=user,
            device_token=token,
            browser=_browser(request),
            method=proofs.way_in(request),
            at=at,
        )
        return is_new

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseRedirect:
        """A closed account that another company's sign-in or a passkey vouches for: begin again."""
        return HttpResponseRedirect(reverse("account_login"))

    def logout(self, request: HttpRequest) -> None:
        user, now = request.user, timezone.now()
        if isinstance(user, User):
            sign_ins.end_this(session=request.session, user=user, at=now)
        super().logout(request)
        if isinstance(user, User):
            services.log_sign_out(user=user, at=now)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        services.log_failed_sign_in(email=str(credentials.get("email", "")), at=timezone.now())


def _browser(request: HttpRequest) -> str:
    return browsers.name_of(request.META.get("HTTP_USER_AGENT", ""))
