from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation

from tryggve.accounts import permissions
from tryggve.accounts.models import User


class PermissionGate:
    """Ask each view what it demands, and let in only who has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        asked = permissions.asked_by(view, match.url_name if match else None)
        if asked is None:
            raise Http404
        if permissions.may(request.user, asked):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        # What was asked for with POST can't be repeated after signing in.
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


class OwnLanguage:
    """Speak the language that the person who signed in chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
