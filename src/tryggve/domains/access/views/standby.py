from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms.passwords import ChooseStandby
from tryggve.domains.access.selectors import captains
from tryggve.domains.access.services import standby as services
from tryggve.lib.errors import Refusal


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def standby(request: StaffRequest) -> HttpResponse:
    """Who answers for security, and who steps in."""
    now = timezone.now()
    offered = captains.may_stand_by()
    form = ChooseStandby(request.POST or None, people=offered, chosen=captains.standby_id())
    if form.is_valid():
        try:
            services.choose(person=form.cleaned_data["person"], by=request.user, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("access:standby")
    context = {"form": form, "answering": captains.answering(at=now), "offered": offered}
    return render(request, "access/standby.html", context)
