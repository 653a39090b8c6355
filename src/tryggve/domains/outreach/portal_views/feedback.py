"""Where customers answer the three questions: on the own page, and behind a link in a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.outreach.forms.feedback import Asked
from tryggve.domains.outreach.services import feedback as services
from tryggve.domains.outreach.services.feedback import Channel
from tryggve.domains.rights import api as rights
from tryggve.domains.rights.api import CustomersRequest, for_customer
from tryggve.lib.errors import Refusal


@require_http_methods(["GET", "POST"])
@for_customer
def mine(request: CustomersRequest) -> HttpResponse:
    """The questions on the customer's own page."""
    form = Asked(request.POST or None, language=rights.page_language())
    refused = ""
    if form.is_valid():
        customer, now = request.visit.customer, timezone.now()
        try:
            services.give(customer=customer, answers=form.answers(), channel=Channel.PORTAL, at=now)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("feedback:thanks")
    return render(request, "outreach/portal/feedback.html", {"form": form, "refused": refused})


@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Behind a link in a mail. Only the button uses it up; whose it is isn't shown."""
    now = timezone.now()
    if not rights.is_feedback_link(token, at=now):
        return rights.ended(request)
    form = Asked(request.POST or None, language=rights.page_language())
    refused = ""
    if form.is_valid():
        try:
            services.give_by_link(token=token, answers=form.answers(), at=now)
        except rights.LinkEnded:
            return rights.ended(request)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("feedback:thanks")
    return render(request, "outreach/portal/feedback_link.html", {"form": form, "refused": refused})


@permission(PUBLIC)
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "outreach/portal/feedback_thanks.html")
