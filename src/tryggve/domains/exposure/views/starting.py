from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import StaffRequest, actor_of, path_within
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.forms.told import FirstDomain
from tryggve.domains.exposure.services import starting
from tryggve.lib.errors import Refusal


@permission("exposure.change")
@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """One domain, of which mail and website are looked at; then on to where one came from."""
    form = FirstDomain(request.POST or None, initial={"told": next(iter(selectors.suggested_domains()), "")})
    back = request.POST.get("next", "")
    if form.is_valid():
        try:
            starting.watch(told=form.cleaned_data["told"], actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("told", str(refusal))
        else:
            if back:
                return redirect(path_within(back))
            messages.success(request, _("Tryggve is looking. What it finds stands here in a minute."))
            return redirect("exposure:overview")
    return render(request, "exposure/start.html", {"form": form, "next": back})
