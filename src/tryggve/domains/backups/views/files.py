from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups import opaque
from tryggve.domains.backups.forms.files import ByName
from tryggve.domains.backups.selectors import copies
from tryggve.domains.backups.selectors import files as selectors
from tryggve.domains.backups.services import files
from tryggve.domains.backups.words import files as words

_BYTES = "application/octet-stream"


@permission("backups.change")
@require_GET
def show(request: HttpRequest, run: UUID) -> HttpResponse:
    """What lies in a folder of the copy, or what was found by its name; both are hidden in the address."""
    pair, sought = copies.pair(run), opaque.shown(request.GET.get("name", ""))
    path = opaque.shown(request.GET.get("folder", ""))
    listing = selectors.found(run, sought) if sought else selectors.listing(run, path)
    form = ByName(initial={"name": sought})
    context = {"pair": pair, "form": form, "sought": sought, "told": words.told(listing)}
    return render(request, "backups/files.html", context)


@permission("backups.change")
@require_POST
def find(request: HttpRequest, run: UUID) -> HttpResponse:
    """By a name, which is hidden in the address that follows."""
    form = ByName(request.POST)
    if not form.is_valid():
        return redirect("backups:files", run=run)
    hidden = {"name": opaque.hidden(form.cleaned_data["name"])}
    return redirect(reverse("backups:files", kwargs={"run": run}, query=hidden))


@permission("backups.restore-file")
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, run: UUID) -> HttpResponseBase:
    """One file: downloaded, or put beside the one that is there now."""
    path = opaque.shown(request.GET.get("file", ""))
    if request.method == "GET":
        _source, one = selectors.file(run, path)
        context = {"pair": copies.pair(run), "file": words.entry(one), "lies_in": path.rpartition("/")[0]}
        return render(request, "backups/file.html", context)
    match request.POST.get("how"):
        case "download":
            return _download(request, run, path)
        case "beside":
            files.put_back(run=run, path=path, actor=actor_of(request), at=timezone.now())
            messages.success(request, _("Put back beside the original, with the copy's date in its name."))
            return redirect("backups:copy", run=run)
    raise Http404


def _download(request: HttpRequest, run: UUID, path: str) -> StreamingHttpResponse:
    taken = files.take_out(run=run, path=path, actor=actor_of(request), at=timezone.now())
    headers = {
        "Content-Disposition": content_disposition_header(
            as_attachment=True, filename=words.download_name(taken.name)
        )
        or "attachment",
        "Content-Length": str(taken.size),
        "X-Content-Type-Options": "nosniff",
        "X-Accel-Buffering": "no",
    }
    return StreamingHttpResponse(taken.pieces, content_type=_BYTES, headers=headers)
