"""Where customers say yes and no: on the own page, behind a link in a mail, with one click, on the website."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.audit import actors
from tryggve.domains.rights.forms.portal import AskForLink
from tryggve.domains.rights.portal_views.said import in_words, said_on, taken_back_on
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.selectors.erasure import receipts
from tryggve.domains.rights.selectors.portal import portal as selectors
from tryggve.domains.rights.services.links import limits, links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.portal import answers
from tryggve.domains.rights.visits import CustomersRequest, asked_too_often, ended, for_customer, language
from tryggve.lib.errors import Refusal
from tryggve.ui import errors


@require_http_methods(["GET", "POST"])
@for_customer
def mine(request: CustomersRequest) -> HttpResponse:
    """What the customer agreed to, a yes and a no for each, and a button that takes a yes back at once."""
    now, customer = timezone.now(), request.visit.customer
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            answers.answer(
                customer=customer,
                said=taken_back_on(request) or said_on(request),
                channel=answers.Channel.PORTAL,
                language=language(),
                at=now,
            )
        except Refusal as refusal:
            context["refused"] = in_words(refusal)
        else:
            return redirect("portal:consents")
    selectors.note(customer, "consents", at=now)
    context["choices"] = choices.of_customer(customer, language=language(), at=now)
    return render(request, "rights/portal/consents.html", context)


@require_GET
@for_customer
def receipt(request: CustomersRequest, event: UUID) -> HttpResponse:
    """One receipt as a file."""
    made = receipts.receipt_of(event, customer=request.visit.customer, language=language())
    if made is None:
        raise Http404
    selectors.note(request.visit.customer, "receipt", at=timezone.now())
    answer = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = f'attachment; filename="consent-{event}.json"'
    return answer


@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the question in a mail: a yes or a no for each purpose. Only the button uses the link up."""
    now = timezone.now()
    link = links.of_token(token, Use.CONSENT, at=now)
    if link is None:
        return ended(request)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            answers.answer_by_link(token=token, said=said_on(request), language=language(), at=now)
        except links.LinkEnded:
            return ended(request)
        except Refusal as refusal:
            context["refused"] = in_words(refusal)
        else:
            return render(request, "rights/portal/chosen.html")
    context["choices"] = choices.of_link(link, language=language())
    return render(request, "rights/portal/choose.html", context)


@csrf_exempt  # the token is opaque and does one thing; a mail program that sends it has no cookie of ours
@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """One click withdraws one consent (RFC 8058 §3.2): mail programs send the form themselves, people press."""
    now = timezone.now()
    link = links.of_token(token, Use.WITHDRAW, at=now)
    if link is None or link.purpose_ref is None:
        return ended(request)
    if request.method == "POST":
        answers.withdraw_by_link(link, language=language(), at=now)
    context = {
        "purpose": choices.name_of(link.purpose_ref, language=language()),
        "is_asked": choices.is_asked(link.purpose_ref),
        "is_done": request.method == "POST",
    }
    return render(request, "rights/portal/withdraw.html", context)


@csrf_exempt  # stands on the company's own website; it has a mail sent, and nothing else
@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, purpose: str) -> HttpResponse:
    """The form for a website. What is sent counts only after the button behind the link in the mail that follows."""
    asked = choices.by_code(purpose, language=language())
    if asked is None:
        raise Http404
    box = AskForLink(request.POST or None)
    if not box.is_valid():
        return render(request, "rights/portal/form.html", {"form": box, "asked": asked})
    if not limits.may_send_form(request):
        return errors.too_many_requests(request)
    address = box.cleaned_data["email"]
    if not limits.may_mail_question_to(request, address):
        return asked_too_often(request)
    answers.ask_by_form(
        address=address,
        purpose=asked.purpose,
        actor=actors.ANONYMOUS,
        language=language(),
        at=timezone.now(),
    )
    return redirect("portal:asked")
