from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from tryggve.accounts.models import User

_LONGEST_COOKIE_SECONDS = 400 * 24 * 60 * 60  # no browser keeps one longer


class OwnLanguage:
    """Speak the language that the person who signed in chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class DeviceCookie:
    """Give a browser that somebody signed in with the cookie that it is known again by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        token = getattr(request, "device_token", None)
        if token is not None:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                token,
                max_age=_LONGEST_COOKIE_SECONDS,
                samesite="Lax",
                httponly=True,
                secure=settings.COOKIES_ARE_SECURE or request.is_secure(),
            )
        return response
