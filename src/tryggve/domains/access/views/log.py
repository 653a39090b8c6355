from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.access import log_jobs, log_streaming
from tryggve.domains.access.forms import log as log_forms
from tryggve.domains.access.selectors import log as log_selectors
from tryggve.domains.access.services import log as log_services
from tryggve.ui import fragments

_LONGEST_ID = 15
_WHOLE_PAGE = "page"


@permission("access.log")
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, the newest first; a POST also opens what entries say in words."""
    people = log_selectors.people()
    form = log_forms.Filters(request.GET, people=people, known=log_selectors.known_actions())
    page = None
    if form.is_valid():
        asked = form.asked(before=_id(request.POST.get("before") or request.GET.get("before", "")))
        page = _page(request, asked, people)
    context = {"form": form, "page": page, "wholeness": log_selectors.wholeness()}
    return render(request, "access/log.html", context)


@permission("access.log")
@require_GET
def about(request: HttpRequest, subject: UUID) -> HttpResponse:
    """What was done to one person's data: where other pages lead to."""
    return redirect(f"{reverse('access:log')}?about={subject}")


@permission("access.log")
@require_POST
def verify(request: StaffRequest) -> HttpResponse:
    job = log_jobs.ask_for_verification(asked_by=request.user.pk)
    return redirect("access:log-verification", job=job)


@permission("access.log")
@require_GET
def verification(request: HttpRequest, job: UUID) -> HttpResponse:
    """How far a verification has come, and what the last one found."""
    state = log_jobs.state_of(job)
    fragment = fragments.is_wanted(request)
    context = {"state": state, "job": job, "wholeness": log_selectors.wholeness()}
    name = "_log_verification" if fragment else "log_verification"
    response = render(request, f"access/{name}.html", context)
    if fragment and state != "under way":
        response["HX-Refresh"] = "true"
    return response


@permission("access.export-log")
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole log as a file; what entries say in words only for who says that it may leave."""
    if request.method == "GET":
        return render(request, "access/log_export.html")
    with_details = request.POST.get("with_details") == "yes"
    if with_details and not request.POST.get("may_leave"):
        messages.warning(request, _("Nothing was exported. Tick that personal data may leave first."))
        return redirect("access:log-export")
    now = timezone.now()
    log_services.begin_export(with_details=with_details, actor=actor_of(request), at=now)
    pieces = log_streaming.export_in_pieces(with_details=with_details)
    name = f"tryggve-log-{timezone.localdate(now).isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


def _page(
    request: HttpRequest, asked: log_selectors.Asked, people: log_selectors.People
) -> log_selectors.Page:
    now, actor = timezone.now(), actor_of(request)
    if request.method == "GET":
        return log_selectors.log_page(asked, actor=actor, at=now, people=people)
    chosen = request.POST.get("open", _WHOLE_PAGE)
    only = None if chosen == _WHOLE_PAGE else _id(chosen) or 0
    return log_selectors.log_page_opened(asked, only=only, actor=actor, at=now, people=people)


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_ID else None
