from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.setup.forms.claim import FirmSettings
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.services import firm as services


@permission("setup.change-firm")
@require_http_methods(["GET", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    """What the company is called, where it is, and in which language it prints."""
    known = selectors.the_firm()
    said = {"firm_name": known.name, "country": known.country, "language": known.language} if known else {}
    form = FirmSettings(request.POST or None, initial=said)
    if form.is_valid():
        services.change_firm(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("setup:company")
    return render(request, "setup/company.html", {"form": form})
