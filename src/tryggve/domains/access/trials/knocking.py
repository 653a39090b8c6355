"""One request through everything that stands before a page, up to the page itself, which is not opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from tryggve.audit.models import Entry
from tryggve.domains.access.trials.doors import Door
from tryggve.domains.access.trials.visitors import Visitor

# Of doors that answered wrongly, so many are told of: a fault in what stands before all of them is one fault.
MOST_TOLD: Final = 20
_HOST: Final = "localhost"
_MARK: Final = "stands_before_the_page"


class Answer(Enum):
    """What somebody met who knocked."""

    OPENED = "opened"
    SIGN_IN = "sign-in"
    SET_UP = "set-up"
    ASKED_AGAIN = "asked-again"
    TOKEN = "token"  # noqa: S105 - no secret: a program is asked for one
    REFUSED = "refused"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Met:
    """What the visitor met at a door, and whether the log has an entry of it by their name."""

    door: Door
    answer: Answer
    is_written: bool


class Stack(BaseHandler):
    """All of the product's middleware as it is set, and then nothing: whoever gets so far would be let in."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()
        # Asked last of all, so what comes here was let through by everything that decides.
        self._view_middleware.append(_stop)  # type: ignore[attr-defined]  # the stubs leave it out

    def knock(self, door: Door, visitor: Visitor) -> Met:
        """Ask for that address. Whatever the asking writes is undone."""
        request = WSGIRequest(_environ(door, visitor))
        with transaction.atomic():
            response = self.get_response(request)
            # By the number first: the log is long, and has no order of who did what.
            own = Entry.objects.filter(pk__gt=visitor.since, actor=visitor.actor)
            met = Met(door, _read(request, response), own.exists())
            transaction.set_rollback(True)
        return met


def _stop(
    request: HttpRequest, view: Callable[..., Any], args: Iterable[Any], kwargs: dict[str, Any]
) -> HttpResponse:
    setattr(request, _MARK, True)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _environ(door: Door, visitor: Visitor) -> dict[str, Any]:
    scheme = "https" if settings.COOKIES_ARE_SECURE else "http"
    told = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": door.path,
        "QUERY_STRING": "",
        "SERVER_NAME": _HOST,
        "SERVER_PORT": "443" if scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": visitor.address,
        "HTTP_HOST": _HOST,
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
    }
    return told | ({"HTTP_AUTHORIZATION": f"Bearer {visitor.token}"} if visitor.token else {})


def _read(request: HttpRequest, response: HttpResponseBase) -> Answer:
    if getattr(request, _MARK, False):
        return Answer.OPENED
    match response.status_code:
        case HTTPStatus.FOUND:
            return _of_redirect(urlsplit(response["Location"]).path)
        case HTTPStatus.UNAUTHORIZED:
            return Answer.TOKEN
        case HTTPStatus.FORBIDDEN | HTTPStatus.NOT_FOUND:
            return Answer.REFUSED
    return Answer.OTHER


def _of_redirect(path: str) -> Answer:
    places = {
        reverse(settings.LOGIN_URL): Answer.SIGN_IN,
        reverse(settings.SECOND_FACTOR_URL): Answer.SET_UP,
        reverse(settings.STEP_UP_URL): Answer.ASKED_AGAIN,
    }
    return places.get(path, Answer.OTHER)
