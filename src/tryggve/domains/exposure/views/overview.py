from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.looks import looks
from tryggve.domains.exposure.services import domains, measuring
from tryggve.ui import fragments


@permission("exposure.view")
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """All domains and websites, with what was last found; asked by htmx, the part that changes while Tryggve looks."""
    now = timezone.now()
    context = {
        "domains": selectors.domains(),
        "sites": selectors.sites(),
        "looks": looks(now=now),
    }
    if fragments.is_wanted(request):
        return render(request, "exposure/_found.html", context)
    gone = selectors.removed(since=now - domains.UNDO)
    return render(request, "exposure/overview.html", {**context, "removed": gone})


@permission("exposure.change")
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Look at everything again, at once."""
    measuring.measure_again(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Tryggve looks again. It takes less than a minute."))
    return redirect("exposure:overview")
