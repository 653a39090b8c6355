from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggve.accounts import permissions
from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.selectors import history
from tryggve.domains.customers.views.finding import number_in


@permission("customers.view")
@require_GET
def show(request: HttpRequest, customer: UUID) -> HttpResponse:
    """All that was done to a customer, and who looked."""
    before = number_in(request, "before")
    page = history.history_page(
        customer=customer,
        before=before,
        actor=actor_of(request),
        at=timezone.now(),
        reach=asking.reach(request),
        with_sensitive=permissions.may(request.user, "customers.reveal"),
    )
    return render(request, "customers/history.html", {"page": page, "before": before, "customer": customer})
