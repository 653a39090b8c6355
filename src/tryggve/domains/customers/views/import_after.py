"""What can be done with a list after it was brought in: rows set aside are mended, all of it is undone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.forms.undo import Undo
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.services import imports, undo_jobs


@permission("customers.import")
@require_POST
def mend(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Rows that were set aside, as a list of their own."""
    made = imports.bring_up_set_aside(batch=batch, actor=actor_of(request), at=timezone.now())
    return redirect("customers:import", batch=made)


@permission("customers.undo-import")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What an undo would do, and the yes to it; who undoes may also bring in lists."""
    now, actor = timezone.now(), actor_of(request)
    asking.require(asking.of_request(request, "customers.import", at=now))
    form = Undo(request.POST if request.method == "POST" else None)
    if form.is_valid():
        used_too = form.cleaned_data["used_too"]
        undo_jobs.order_undo(batch=batch, is_used_too=used_too, actor=actor, at=now)
        return redirect("customers:import", batch=batch)
    shown = undoing.preview(batch=batch, actor=actor, at=now)
    return render(request, "customers/import_undo.html", {"shown": shown, "form": form, "batch": batch})
