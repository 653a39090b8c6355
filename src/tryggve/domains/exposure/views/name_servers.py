from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.forms.told import NameServers
from tryggve.domains.exposure.services import measuring, resolvers
from tryggve.lib.errors import Refusal


@permission("exposure.change")
@require_http_methods(["GET", "POST"])
def name_servers(request: HttpRequest) -> HttpResponse:
    """Whom Tryggve asks what stands in the name service."""
    form = NameServers(request.POST or None, chosen=[resolvers.told(one) for one in selectors.resolvers()])
    if form.is_valid():
        try:
            resolvers.choose(servers=form.cleaned_data["servers"], actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("servers", str(refusal))
        else:
            measuring.measure_again(actor=actor_of(request), at=timezone.now())
            messages.success(request, _("Saved. Tryggve looks again, by asking these."))
            return redirect("exposure:overview")
    return render(request, "exposure/name_servers.html", {"form": form})
