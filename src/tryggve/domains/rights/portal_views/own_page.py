"""What a customer reads on the own page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.domains.rights.forms.portal import NewRequest
from tryggve.domains.rights.selectors.portal import portal as selectors
from tryggve.domains.rights.services.links import limits
from tryggve.domains.rights.services.portal import answers, portal
from tryggve.domains.rights.visits import CustomersRequest, for_customer, for_one_alone, language
from tryggve.ui import errors


@require_GET
@for_customer
def home(request: CustomersRequest) -> HttpResponse:
    return redirect("portal:consents")


@require_GET
@for_one_alone
def data(request: CustomersRequest) -> HttpResponse:
    held = selectors.my_data(request.visit.customer, at=timezone.now())
    return render(request, "rights/portal/data.html", {"held": held})


@require_http_methods(["GET", "POST"])
@for_customer
def requests(request: CustomersRequest) -> HttpResponse:
    """What the customer has asked for by right, and a form to ask for more."""
    now, customer = timezone.now(), request.visit.customer
    form = NewRequest(request.POST or None)
    if form.is_valid():
        if not limits.may_ask_by_right(request, customer):
            return errors.too_many_requests(request)
        answers.ask_by_right(
            customer=customer,
            kind=form.wanted(),
            words=form.cleaned_data["words"],
            language=language(),
            is_sure=not portal.is_mailbox_shared(request.visit),
            at=now,
        )
        return redirect("portal:requests")
    rows = selectors.my_requests(customer, at=now)
    return render(request, "rights/portal/requests.html", {"rows": rows, "form": form})


@require_GET
@for_one_alone
def looks(request: CustomersRequest) -> HttpResponse:
    found = selectors.who_has_looked(request.visit.customer, at=timezone.now())
    return render(request, "rights/portal/looks.html", {"looks": found})
