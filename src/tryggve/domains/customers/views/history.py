from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggve.accounts import permissions
from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.selectors import history
from tryggve.ui.paging import number_in


@permission("customers.view")
@require_GET
def show(request: HttpRequest, customer: UUID) -> HttpResponse:
    """All that was done to a customer, and who looked."""
    before = number_in(request, "before")
    page = history.history_page(
        customer=customer,
        before=before,
        **who_asks(request),
        with_sensitive=permissions.may(request.user, "customers.reveal"),
    )
    return render(request, "customers/history.html", {"page": page, "before": before, "customer": customer})
