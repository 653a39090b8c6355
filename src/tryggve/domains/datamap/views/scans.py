"""A place is looked through now; what is under way pauses, goes on or ends."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap.services import scans


@permission("datamap.change")
@require_POST
def look_through(request: HttpRequest, source: UUID) -> HttpResponse:
    scans.ask_now(source=source, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("Tryggve begins to look through it in a moment. It goes on when you leave this page.")
    )
    return redirect("datamap:overview")


@permission("datamap.change")
@require_POST
def pause(request: HttpRequest, scan: UUID) -> HttpResponse:
    scans.pause(scan)
    messages.success(request, _("It pauses after the file that it is at."))
    return redirect("datamap:overview")


@permission("datamap.change")
@require_POST
def go_on(request: HttpRequest, scan: UUID) -> HttpResponse:
    scans.go_on(scan)
    messages.success(request, _("It goes on where it was."))
    return redirect("datamap:overview")


@permission("datamap.change")
@require_POST
def stop(request: HttpRequest, scan: UUID) -> HttpResponse:
    scans.stop(scan, at=timezone.now())
    messages.success(request, _("It was stopped. What was found until then stays."))
    return redirect("datamap:overview")
