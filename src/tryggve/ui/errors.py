"""Pages that say what happened, that nothing was lost and what to do.

They ask neither database, session nor user, so that they work when those don't.
"""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.lib import trace
from tryggve.lib.errors import Missing, Refusal
from tryggve.ui import fragments, manifest

_LOCKED = 3  # the exit status of a refusal that passes when the keys are back


def _shown_for(
    status: HTTPStatus, title: StrOrPromise, text: StrOrPromise, advice: StrOrPromise
) -> Callable[..., HttpResponse]:
    """The page for one kind of fault, called as Django and allauth call theirs: some tell why, others don't."""

    def show(
        request: HttpRequest, exception: Exception | None = None, reason: str | None = None
    ) -> HttpResponse:
        return _page(request, status=status, title=title, text=text, advice=advice)

    return show


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why, in the words of the rule that refused it."""
    decision = getattr(exception, "decision", None)
    return _page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("This page is not open to you"),
        text=decision.sentence if decision else _("Your account has no access to it."),
        advice=_("Nothing was changed."),
    )


bad_request = _shown_for(
    HTTPStatus.BAD_REQUEST,
    _("Tryggve did not understand that"),
    _("Something in what the browser sent could not be read. Nothing was changed."),
    _("Go back, load the page again and try once more."),
)
not_found = _shown_for(
    HTTPStatus.NOT_FOUND,
    _("There is nothing here"),
    _("The address is wrong, or what was here has been removed. Nothing was changed."),
    _("Go to the first page and find your way from there."),
)
csrf_failure = _shown_for(
    HTTPStatus.FORBIDDEN,
    _("The form was too old"),
    _("The page had been open for a long time, or the browser keeps no cookies. Nothing was saved."),
    _("Go back, load the page again and send the form once more."),
)
# What allauth shows who guesses at passwords; named ``handler429`` in the root urls.
too_many_requests = _shown_for(
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Too many attempts"),
    _("Tryggve now waits a while, so that nobody can guess passwords. Nothing was lost."),
    _("Wait five minutes and try again."),
)
_not_allowed = _shown_for(
    HTTPStatus.METHOD_NOT_ALLOWED,
    _("This page can't be opened like that"),
    _("The address only works with the button that leads to it. Nothing was changed."),
    _("Go to the first page and find your way from there."),
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


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    is_locked = refusal.exit_status == _LOCKED
    return _page(
        request,
        status=HTTPStatus.SERVICE_UNAVAILABLE if is_locked else HTTPStatus.CONFLICT,
        title=_("That is not possible right now") if is_locked else _("That did not work"),
        text=str(refusal),
    )


class RefusalPages:
    """Turn what a page refuses, or doesn't find, into a page of words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = _not_allowed(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Missing):
            return not_found(request, exception)
        return _refused(request, exception) if isinstance(exception, Refusal) else None


def _page(request: HttpRequest, *, status: HTTPStatus, **words: StrOrPromise) -> HttpResponse:
    """A whole page, or the words alone where htmx puts them into a page that stays."""
    template = "ui/error_fragment.html" if fragments.is_wanted(request) else "ui/error.html"
    try:
        return HttpResponse(render_to_string(template, words), status=status)
    except manifest.NotBuilt:
        text = "\n\n".join(str(word) for word in words.values() if word)
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
