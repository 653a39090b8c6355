"""What customers have said, as those look into it who work here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach.forms.feedback import FollowUp
from tryggve.domains.outreach.selectors import feedback as selectors
from tryggve.domains.outreach.services import feedback as services
from tryggve.lib.errors import Refusal


@permission("outreach.feedback")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """What waits for somebody; with ``?ended`` the rest."""
    is_ended = "ended" in request.GET
    shown = selectors.ended if is_ended else selectors.waiting
    rows = shown(**who_asks(request))
    return render(request, "outreach/feedback_list.html", {"rows": rows, "is_ended": is_ended})


@permission("outreach.feedback")
@require_GET
def show(request: HttpRequest, feedback: UUID) -> HttpResponse:
    """One with its answers and steps, and for who may a form for the next step."""
    return _page(request, feedback)


@permission("outreach.feedback-change")
@require_POST
def follow_up(request: HttpRequest, feedback: UUID) -> HttpResponse:
    """Write down what was done about it."""
    form = FollowUp(request.POST)
    if not form.is_valid():
        return _page(request, feedback, form=form)
    told = form.cleaned_data
    try:
        services.follow_up(
            feedback=feedback,
            seen_revision=told["revision"],
            state=form.chosen(),
            words=told["words"],
            **who_asks(request),
        )
    except Refusal as refusal:
        return _page(request, feedback, typed=told, refused=str(refusal))
    messages.success(request, _("Written down."))
    return redirect("outreach:feedback", feedback=feedback)


@permission("outreach.feedback-change")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Mail one customer the questions."""
    by = who_asks(request)
    named = customers.card_title(customer=customer, page="feedback", **by)
    refused = ""
    if request.method == "POST":
        try:
            services.ask(customer=customer, language=get_language() or "en", **by)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The questions are on their way."))
            return redirect("customers:card", customer=customer)
    context = {"named": named, "customer": customer, "refused": refused}
    return render(request, "outreach/feedback_ask.html", context)


def _page(
    request: HttpRequest,
    feedback: UUID,
    *,
    form: FollowUp | None = None,
    typed: Mapping[str, Any] | None = None,
    refused: str = "",
) -> HttpResponse:
    """What was typed stays, and is about what is there now."""
    whole = selectors.one(feedback, language=get_language() or "en", **who_asks(request))
    if form is None:
        form = FollowUp(initial={**(typed or {}), "revision": whole.feedback.revision})
    return render(request, "outreach/feedback.html", {"whole": whole, "form": form, "refused": refused})
