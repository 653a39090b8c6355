from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.rights.forms.firm_details import FirmDetailsForm
from tryggve.domains.rights.papers import paper_files
from tryggve.domains.rights.selectors.purposes import purposes, records
from tryggve.domains.rights.services.purposes import firm_details as services
from tryggve.domains.rights.views import missing
from tryggve.domains.rights.views.languages import OWN_NAME, asked_language


@permission("rights.view")
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The record of processing activities (GDPR art. 30), as it stands now."""
    language = asked_language(request)
    found = records.the_record(language, today=timezone.localdate(timezone.now()))
    gaps = missing.told(found.missing, purposes.purposes_in_use(), language) if found.missing else []
    context = {
        "paper": found.paper,
        "missing": gaps,
        "language": language,
        "languages": OWN_NAME.items(),
        "versions": records.versions(),
    }
    return render(request, "rights/record.html", context)


@permission("rights.view")
@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    """The record as it stood on an earlier day."""
    return render(request, "rights/record_version.html", {"version": records.one_version(number)})


@permission("rights.view")
@require_GET
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The same to download."""
    if form not in paper_files.MEDIA_TYPES:
        raise Http404
    language, today = asked_language(request), timezone.localdate(timezone.now())
    found = records.the_record(language, today=today)
    if found.paper is None:
        return redirect("rights:record")
    if form == "csv":
        content = records.the_record_as_csv(language)
        return paper_files.answer(paper_files.named("record", language, today, "csv", content))
    return paper_files.answer(paper_files.as_file(found.paper, form))


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """What the company tells of itself there."""
    known = purposes.firm_details()
    said = {name: getattr(known, name) for name in FirmDetailsForm.base_fields}
    form = FirmDetailsForm(request.POST or None, initial=said, language=asked_language(request))
    if form.is_valid():
        services.change_firm_details(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("Saved. Publish the privacy notice anew, so that it says so too."))
        return redirect("rights:record")
    return render(request, "rights/firm_details.html", {"form": form})
