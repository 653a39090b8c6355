"""Somebody's routines in their own calendar program."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.routines.duties.selectors import calendars as selectors
from tryggve.routines.duties.services import calendars as services
from tryggve.ui import own_address

_ADDRESS = "protection:calendar-feed"


@permission("protection.do-routines")
@require_http_methods(["GET", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """One's own address: made on asking, shown in the answer to the form, and never again."""
    address = ""
    if request.method == "POST":
        secret = services.make_calendar(user=request.user, at=timezone.now())
        address = own_address.link_to(_ADDRESS, secret)
    context = {
        "address": address,
        "has_calendar": selectors.has_calendar(request.user),
        "is_reached": own_address.is_reached(),
    }
    return render(request, "protection/calendar.html", context)


@permission("protection.do-routines")
@require_POST
def end(request: StaffRequest) -> HttpResponse:
    if services.end_calendar(user=request.user, actor=request.user.actor, at=timezone.now()):
        messages.success(request, _("The address shows nothing any more."))
    return redirect("protection:calendar")


@permission(PUBLIC)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches: whoever has the address has what it shows, and it names nobody."""
    now = timezone.now()
    person = services.shown(token, at=now)
    if person is None:
        # A program asks, not a person: no page, and no word on whether there ever was one.
        return HttpResponse(status=HTTPStatus.NOT_FOUND, content_type="text/plain; charset=utf-8")
    content = selectors.calendar_of(person, at=now)
    headers = {"Content-Disposition": 'inline; filename="routines.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
