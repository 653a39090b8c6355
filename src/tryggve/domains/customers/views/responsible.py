from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.responsible import Responsible
from tryggve.domains.customers.services import responsible


@permission("customers.assign")
@require_POST
def assign(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Who looks after the customer from now on."""
    form = Responsible(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    responsible.assign(
        customer=customer,
        responsible=form.person(),
        **who_asks(request),
    )
    messages.success(request, _("Saved."))
    return redirect("customers:card", customer=customer)
