"""The report: those that were made, a new one, and one as files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts import permissions
from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.protection import report_files
from tryggve.domains.protection.forms.report import Making
from tryggve.domains.protection.report_files import File
from tryggve.domains.protection.selectors import reports as selectors
from tryggve.domains.protection.services import reports as services
from tryggve.lib.errors import Refusal


@permission("protection.report")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """The reports that were made."""
    return render(request, "protection/reports.html", {"reports": selectors.reports_made()})


@permission("protection.make-report")
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """For whom, in which language, over what time."""
    now = timezone.now()
    form = Making(
        request.POST or None, today=timezone.localdate(now), initial={"language": get_language(), "year": ""}
    )
    if form.is_valid():
        names = form.cleaned_data["with_names"]
        try:
            made = services.make_report(form.wanted(), with_names=names, actor=actor_of(request), at=now)
        except services.Unfounded as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is made."))
            return redirect("protection:report-made", report=made)
    return render(request, "protection/report_new.html", {"form": form})


@permission("protection.report")
@require_GET
def show(request: HttpRequest, report: UUID) -> HttpResponse:
    """One report: what it came to, and its files."""
    return render(request, "protection/report.html", {"opened": _opened(request, report)})


@permission("protection.report")
@require_GET
def file(request: HttpRequest, report: UUID, form: str) -> HttpResponse:
    """One report to download."""
    if form not in report_files.FORMS:
        raise Http404
    opened = _opened(request, report)
    try:
        made = (
            report_files.as_pdf(opened)
            if form == "pdf"
            else report_files.as_json(selectors.signed_report(report))
        )
    except Refusal as refusal:
        context = {"opened": opened, "refused": str(refusal)}
        return render(request, "protection/report.html", context, status=409)
    return _answer(made)


def _opened(request: HttpRequest, report: UUID) -> selectors.Opened:
    try:
        return selectors.report(report, with_names=permissions.may(request.user, "protection.see-who"))
    except selectors.NoSuchReport as missing:
        raise Http404 from missing


def _answer(made: File) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.media_type, headers=headers)
