"""What receivers of mail report on a domain: files handed in, and who wrote in its name without proof."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import reported, selectors
from tryggve.domains.exposure.forms.reports import ReportFiles
from tryggve.domains.exposure.services import receiver_reports
from tryggve.lib.errors import Refusal

_OWN = {"yes": True, "no": False}


@permission("exposure.view")
@require_GET
def show(request: HttpRequest, domain: UUID) -> HttpResponse:
    """What was reported, and a form for more."""
    return _page(request, domain, ReportFiles())


@permission("exposure.change")
@require_POST
def add(request: HttpRequest, domain: UUID) -> HttpResponse:
    """Read each file by itself: one that can't be used hinders no other."""
    selectors.domain(domain)
    form = ReportFiles(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, domain, form)
    _read(request, domain, form.cleaned_data["reports"])
    return redirect("exposure:reports", domain=domain)


@permission("exposure.change")
@require_POST
def judge(request: HttpRequest, domain: UUID) -> HttpResponse:
    """Whether a sender writes for the firm."""
    is_own = _OWN.get(request.POST.get("is_own", ""))
    if is_own is None:
        raise Http404
    receiver_reports.judge(
        domain,
        sender=request.POST.get("sender", ""),
        is_own=is_own,
        actor=actor_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("exposure:reports", domain=domain)


def _page(request: HttpRequest, domain: UUID, form: ReportFiles) -> HttpResponse:
    told = reported.reported(domain, today=timezone.localdate())
    context = {"domain": selectors.domain(domain), "reported": told, "form": form}
    return render(request, "exposure/reports.html", context)


def _read(request: HttpRequest, domain: UUID, files: Sequence[UploadedFile[bytes]]) -> None:
    read, mails, refused = 0, 0, Counter[str]()
    for file in files:
        try:
            mails += receiver_reports.read(domain, file.read(), actor=actor_of(request), at=timezone.now())
            read += 1
        except Refusal as refusal:
            refused[str(refusal)] += 1
    if read:
        told = ngettext("%(number)s report was read.", "%(number)s reports were read.", read) % {
            "number": read
        }
        tells = ngettext("It tells of %(mails)s mail.", "That is %(mails)s mails in all.", mails)
        messages.success(request, f"{told} {tells % {'mails': mails}}")
    for why, count in refused.items():
        told = ngettext("%(number)s file:", "%(number)s files:", count) % {"number": count}
        messages.warning(request, f"{told} {why}")
