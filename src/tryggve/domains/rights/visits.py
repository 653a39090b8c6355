"""Who comes to a customer's page: known by a cookie of its own, never by a staff sign-in."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.rights.services.links import limits
from tryggve.domains.rights.services.portal import portal
from tryggve.domains.rights.services.portal.portal import Visit
from tryggve.ui import errors


class CustomersRequest(HttpRequest):
    """A request of a customer at the own page."""

    visit: Visit


_View = Callable[..., HttpResponseBase]


def for_customer(view: _View) -> _View:
    """Open a page to the customer whose it is; whoever else comes is led to where one asks for a link.

    Under what says which methods it answers to.
    """

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visit = portal.visit_of(request.COOKIES.get(settings.PORTAL_COOKIE_NAME, ""), at=timezone.now())  # noqa: TID251 - a part of each view of a customer's
        if visit is None:
            return redirect("portal:ask")
        request.visit = visit  # type: ignore[attr-defined]  # what CustomersRequest adds
        return view(request, *args, **kwargs)

    marked: _View = permission(PUBLIC)(never_cache(opened))
    return marked


def for_one_alone(view: _View) -> _View:
    """The same for a page of what is known of the customer: shut where others have the mailbox, too."""

    @functools.wraps(view)
    def opened(request: CustomersRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if portal.is_mailbox_shared(request.visit):
            return render(request, "rights/portal/shared.html", status=HTTPStatus.FORBIDDEN)
        return view(request, *args, **kwargs)

    return for_customer(opened)


def keep(response: HttpResponse, secret: str, request: HttpRequest) -> None:
    """Let the browser come again until the session ends."""
    _set(response, settings.PORTAL_COOKIE_NAME, secret, portal.WHOLE.total_seconds(), request)


def forget(response: HttpResponse) -> None:
    response.delete_cookie(settings.PORTAL_COOKIE_NAME, samesite="Lax")


def browser_of(request: HttpRequest) -> str:
    """The secret by which the browser is known again that a link was asked for in; empty for another."""
    return request.COOKIES.get(settings.PORTAL_DOOR_COOKIE_NAME, "")


def know_again(response: HttpResponse, browser: str, request: HttpRequest) -> None:
    """The same secret whether a link was mailed or not."""
    _set(response, settings.PORTAL_DOOR_COOKIE_NAME, browser, 60 * 60, request)


def _set(response: HttpResponse, name: str, value: str, seconds: float, request: HttpRequest) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(seconds),
        samesite="Lax",
        httponly=True,
        secure=settings.COOKIES_ARE_SECURE or request.is_secure(),
    )


def ended(request: HttpRequest) -> HttpResponse:
    """For a link that was used, has run out or never was: which of these, nobody is told.

    Only such links are counted. One that works opens what it is for, however many others came from the same place: a
    mail program that withdraws for thousands (RFC 8058) has one address.
    """
    if not limits.may_try_link(request):
        return errors.too_many_requests(request)
    limits.note_wrong_link(request)
    portal.note_refused("ended", at=timezone.now())  # noqa: TID251 - a part of each view of a link
    return render(request, "rights/portal/ended.html", status=HTTPStatus.NOT_FOUND)


def asked_too_often(request: HttpRequest) -> HttpResponse:
    """For an address that many mails were asked for, whether it is anybody's or not."""
    return render(request, "rights/portal/too_often.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def language() -> str:
    """The one that the page speaks."""
    return translation.get_language() or "en"
