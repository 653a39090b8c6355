from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.uploads import Upload
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import imports, reading
from tryggve.domains.customers.words import imports as import_words
from tryggve.lib.errors import Refusal
from tryggve.ui import fragments


@permission("customers.import")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is changed."""
    form = Upload(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = imports.preview_file(
                name=file.name,
                content=file.read(),
                source=form.cleaned_data["source"],
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("customers:import", batch=batch)
    context = {
        "form": form,
        "recent": imported.recent_imports(),
        "warning": "" if reading.is_sealed_off() else import_words.UNSEALED,
    }
    return render(request, "customers/upload.html", context)


@permission("customers.import")
@require_GET
def show(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Preview, progress or result: whatever state the import is in."""
    shown = imported.import_shown(batch=batch, actor=actor_of(request), at=timezone.now())
    fragment = fragments.is_wanted(request)
    response = render(request, f"customers/{'_' if fragment else ''}import.html", {"shown": shown})
    if fragment and not shown.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@permission("customers.import")
@require_POST
def confirm(request: HttpRequest, batch: UUID) -> HttpResponse:
    imports.confirm(batch=batch, actor=actor_of(request), at=timezone.now())
    return redirect("customers:import", batch=batch)


@permission("customers.import")
@require_POST
def cancel(request: HttpRequest, batch: UUID) -> HttpResponse:
    imports.cancel(batch=batch, actor=actor_of(request), at=timezone.now())
    return redirect("customers:list")
