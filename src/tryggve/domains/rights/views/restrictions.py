from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.forms.erasing import Lifting
from tryggve.domains.rights.services import restrictions


@permission("rights.restrict")
@require_http_methods(["GET", "POST"])
def restrict(request: HttpRequest, customer: UUID) -> HttpResponse:
    """What it means, and the button."""
    by = who_asks(request)
    named = customers.card_title(customer=customer, page="restrict", **by)
    if request.method == "POST":
        restrictions.restrict(customer=customer, **by)
        messages.success(request, _("The customer's data is kept and used for nothing else from now on."))
        return redirect("customers:card", customer=customer)
    return render(request, "rights/restrict.html", {"named": named, "customer": customer})


@permission("rights.restrict")
@require_POST
def lift(request: HttpRequest, customer: UUID) -> HttpResponse:
    """The data may be used again."""
    form = Lifting(request.POST)
    restrictions.lift(
        customer=customer,
        told=form.cleaned_data["told"] if form.is_valid() else "",
        **who_asks(request),
    )
    messages.success(request, _("The customer's data may be used again."))
    return redirect("customers:card", customer=customer)
