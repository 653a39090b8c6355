from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase


def is_wanted(request: HttpRequest) -> bool:
    """Whether htmx asks, to put the answer into a page that stays."""
    return "HX-Request" in request.headers


class FragmentRedirects:
    """A redirect leads to a whole page. htmx would put it, say sign-in, into a corner of this one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not (isinstance(response, HttpResponseRedirectBase) and is_wanted(request)):
            return response
        whole = HttpResponse(headers={"HX-Redirect": response.url})
        whole.cookies = response.cookies
        return whole
