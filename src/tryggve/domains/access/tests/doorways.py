"""Middleware that the tests plant among the product's own, to break what stands before its pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path

GATE = "tryggve.accounts.gate.PermissionGate"


class Bricks:
    """Keeps everybody out of the page about people, whatever the gate says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *rest: Any) -> None:
        if request.path == "/company/people/":
            raise PermissionDenied


class AtHome:
    """Everybody seems to come from one network, as behind a proxy that hides where they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = "192.0.2.1"
        return self.get_response(request)


def of_nobody(request: HttpRequest) -> HttpResponse:
    """A page of ours that nobody has declared."""
    return HttpResponse("customers")


urlpatterns = [
    path("of-nobody/", of_nobody, name="of-nobody"),
    path("", include("tryggve.domains.access.urls")),
]
