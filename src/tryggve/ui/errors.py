"""Pages that say what happened, that nothing was lost and what to do.

They ask neither database, session nor user, so that they work when those don't.
"""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tryggve.lib import trace
from tryggve.lib.errors import Refusal
from tryggve.ui import fragments, manifest

_LOCKED = 3  # the exit status of a refusal that passes when the keys are back


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        status=HTTPStatus.BAD_REQUEST,
        title=_("Tryggve did not understand that"),
        text=_("Something in what the browser sent could not be read. Nothing was changed."),
        advice=_("Go back, load the page again and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("This page is not open to you"),
        text=_("Your account has no access to it. Nothing was changed."),
        advice=_("If you need it for your work, ask the owner of the company."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        status=HTTPStatus.NOT_FOUND,
        title=_("There is nothing here"),
        text=_("The address is wrong, or what was here has been removed. Nothing was changed."),
        advice=_("Go to the first page and find your way from there."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("The form was too old"),
        text=_("The page had been open for a long time, or the browser keeps no cookies. Nothing was saved."),
        advice=_("Go back, load the page again and send the form once more."),
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What allauth shows who guesses at passwords; named ``handler429`` in the root urls."""
    return _page(
        request,
        status=HTTPStatus.TOO_MANY_REQUESTS,
        title=_("Too many attempts"),
        text=_("Tryggve now waits a while, so that nobody can guess passwords. Nothing was lost."),
        advice=_("Wait five minutes and try again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Show a number to quote; the log has the same number with where it happened, and no values."""
    failure = sys.exc_info()[1]
    return _page(
        request,
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        title=_("Something went wrong in Tryggve"),
        text=_("The fault is not yours. What was saved before is still there; the last step may be missing."),
        advice=_("Go back and look before you try again. If it comes back, quote this number:"),
        number=trace.keep(failure) if failure else "",
    )


def _not_allowed(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    page = _page(
        request,
        status=HTTPStatus.METHOD_NOT_ALLOWED,
        title=_("This page can't be opened like that"),
        text=_("The address only works with the button that leads to it. Nothing was changed."),
        advice=_("Go to the first page and find your way from there."),
    )
    page.headers["Allow"] = refused.headers["Allow"]
    return page


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    is_locked = refusal.exit_status == _LOCKED
    return _page(
        request,
        status=HTTPStatus.SERVICE_UNAVAILABLE if is_locked else HTTPStatus.CONFLICT,
        title=_("That is not possible right now") if is_locked else _("That did not work"),
        text=str(refusal),
    )


class RefusalPages:
    """Turn what a page refuses into a page of words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return _not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _refused(request, exception) if isinstance(exception, Refusal) else None


def _page(request: HttpRequest, *, status: HTTPStatus, **words: str) -> HttpResponse:
    """A whole page, or the words alone where htmx puts them into a page that stays."""
    template = "ui/error_fragment.html" if fragments.is_wanted(request) else "ui/error.html"
    try:
        return HttpResponse(render_to_string(template, words), status=status)
    except manifest.NotBuilt:
        text = "\n\n".join(word for word in words.values() if word)
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
