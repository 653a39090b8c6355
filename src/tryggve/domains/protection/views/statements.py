"""What people say of a protection: that it is kept, or that it isn't for this company."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve import vault
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.controls import catalogue, services
from tryggve.controls.catalogue import Control, UnknownControl, Words
from tryggve.domains.protection.forms.statements import LeaveOut, Vouch, last_day
from tryggve.domains.protection.selectors import statements
from tryggve.lib.errors import Refusal


@permission("protection.change")
@require_http_methods(["GET", "POST"])
def vouch(request: StaffRequest, control: str) -> HttpResponse:
    """Put one's name to it, until a day."""
    one, words = _known(control)
    now = timezone.now()
    form = Vouch(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            services.attest(
                control=control,
                by=request.user,
                note=form.cleaned_data["note"],
                until=form.until_when(),
                file=form.attached(),
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You have put your name to it."))
            return redirect("protection:control", control=control)
    context = {"form": form, "control": one, "words": words, "latest": last_day(one.frequency_days, now=now)}
    return render(request, "protection/vouch.html", context)


@permission("protection.change")
@require_http_methods(["GET", "POST"])
def leave_out(request: StaffRequest, control: str) -> HttpResponse:
    """Say why it isn't for this company, until a day."""
    one, words = _known(control)
    now = timezone.now()
    form = LeaveOut(request.POST or None)
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "until": form.until_when()}
        try:
            services.exempt(control=control, by=request.user, at=now, **told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is left out until then."))
            return redirect("protection:control", control=control)
    longest = last_day(services.LONGEST_EXEMPTION.days, now=now)
    context = {"form": form, "control": one, "words": words, "latest": longest}
    return render(request, "protection/leave_out.html", context)


@permission("protection.change")
@require_POST
def withdraw(request: StaffRequest, control: str, attestation: UUID) -> HttpResponse:
    """Somebody's word stands no longer."""
    services.withdraw_attestation(attestation=attestation, by=request.user, at=timezone.now())
    messages.success(request, _("The word was taken back."))
    return redirect("protection:control", control=control)


@permission("protection.change")
@require_POST
def bring_back(request: StaffRequest, control: str, exemption: UUID) -> HttpResponse:
    """It applies again."""
    services.end_exemption(exemption=exemption, by=request.user, at=timezone.now())
    messages.success(request, _("It counts for you again."))
    return redirect("protection:control", control=control)


@permission("protection.see-who")
@require_GET
def file(request: HttpRequest, control: str, attestation: UUID) -> HttpResponse:
    """The file that somebody put with their word, to be saved: no browser opens it in the product's own name."""
    try:
        name, content = statements.file_of(attestation)
    except vault.CannotOpen as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type="application/octet-stream")
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    return response


def _known(control: str) -> tuple[Control, Words]:
    try:
        return catalogue.control(control), catalogue.words(control, get_language() or "en")
    except UnknownControl as unknown:
        raise Http404 from unknown
