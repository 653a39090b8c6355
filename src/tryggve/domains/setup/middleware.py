import ipaddress
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tryggve import vault
from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.ui import fragments

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_", "HTTP_X_REAL_IP", "HTTP_VIA")
_OPEN_BEFORE_CLAIM = ("/start/", "/health", "/language")


class UnclaimedGate:
    """Until the firm is claimed nothing but the owner's link works, and only from this computer itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/health":
            return self.get_response(request)
        # Fetched when a page names it. Nobody has an account before there is a firm, so who has signed in isn't asked.
        request.firm = SimpleLazyObject(selectors.the_firm_of_a_page)  # type: ignore[attr-defined]
        if isinstance(request.user, User) or request.firm or self._may_claim(request):  # type: ignore[attr-defined]
            return self.get_response(request)
        return render(request, "setup/unclaimed.html", status=403)

    @staticmethod
    def _may_claim(request: HttpRequest) -> bool:
        return request.path.startswith(_OPEN_BEFORE_CLAIM) and is_from_this_computer(request)


def is_from_this_computer(request: HttpRequest) -> bool:
    """Whether nobody stands between: a proxy on this computer brings strangers, so its mark counts as one."""
    if any(header.startswith(_FORWARDED) for header in request.META):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class UnlockDoor:
    """Lead who works here from a page that needs the register open to the one that opens it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What was sent in a form is not asked for again: whoever sent it reads why, and goes back to it."""
        if not isinstance(exception, vault.NotUnlocked) or not permissions.may(request.user, "setup.unlock"):
            return None
        if fragments.is_wanted(request):
            return render(request, "setup/_locked.html", status=503)
        if request.method != "GET":
            return None
        return redirect(f"{reverse('setup:unlock')}?{urlencode({'next': request.get_full_path()})}")
