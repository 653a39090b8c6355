"""What customers have said, as those look into it who work here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

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


@permission("outreach.feedback-change")
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, feedback: UUID) -> HttpResponse:
    """One with its answers and steps, and a form for the next step."""
    by = who_asks(request)
    form, refused = FollowUp(request.POST or None), ""
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.follow_up(
                feedback=feedback,
                seen_revision=told["revision"],
                state=form.chosen(),
                words=told["words"],
                **by,
            )
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("outreach:feedback", feedback=feedback)
    whole = selectors.one(feedback, language=get_language() or "en", **by)
    if refused or not form.is_bound:
        # What was typed stays, and is about what is there now.
        typed = form.cleaned_data if refused else {}
        form = FollowUp(initial={**typed, "revision": whole.feedback.revision})
    context = {"whole": whole, "form": form, "refused": refused}
    return render(request, "outreach/feedback.html", context)


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
