from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from tryggve.accounts.models import User
from tryggve.domains.access.services import sign_in as services


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Where allauth meets us: nobody signs himself up, and each attempt is in the audit log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only pages of ours: another port of this computer, which allauth would allow, is another program."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
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
        super().login(request, user)
        for method in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            method.pop("email", None)  # sessions hold ids and codes only
        services.log_sign_in(
            user=user,
            at=timezone.now(),
            address=request.META.get("REMOTE_ADDR", ""),
            browser=request.META.get("HTTP_USER_AGENT", ""),
        )

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            services.log_sign_out(user=user, at=timezone.now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        services.log_failed_sign_in(email=str(credentials.get("email", "")), at=timezone.now())
