"""What was told, as those see to it whom it is told to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.incidents.forms import Words
from tryggve.domains.incidents.selectors import reports as selectors
from tryggve.domains.incidents.services import reports as services
from tryggve.lib.errors import Refusal
from tryggve.ui.paging import page_number


@permission("incidents.view")
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    page, lines = selectors.reports(number=page_number(request), actor=actor_of(request), at=timezone.now())
    return render(request, "incidents/reports.html", {"page": page, "lines": lines})


@permission("incidents.view")
@require_GET
def card(request: HttpRequest, report: UUID) -> HttpResponse:
    return _card(request, report)


@permission("incidents.change")
@require_POST
def receive(request: HttpRequest, report: UUID) -> HttpResponse:
    try:
        services.receive(report=report, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return _card(request, report, refused=str(refusal))
    messages.success(request, _("It is written down that you see to it."))
    return redirect("incidents:card", report=report)


@permission("incidents.change")
@require_POST
def answer(request: HttpRequest, report: UUID) -> HttpResponse:
    form = _answer_form(request)
    if not form.is_valid():
        return _card(request, report, answer=form)
    try:
        is_mailed = services.answer(
            report=report, words=form.cleaned_data["words"], actor=actor_of(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _card(request, report, answer=form, refused=str(refusal))
    messages.success(
        request,
        _("The answer is on its way.") if is_mailed else _("The answer stands here. Nobody is mailed."),
    )
    return redirect("incidents:card", report=report)


@permission("incidents.change")
@require_POST
def close(request: HttpRequest, report: UUID) -> HttpResponse:
    form = _note_form(request)
    if not form.is_valid():
        return _card(request, report, note=form)
    try:
        services.close(
            report=report, words=form.cleaned_data["words"], actor=actor_of(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _card(request, report, note=form, refused=str(refusal))
    messages.success(request, _("The report is closed."))
    return redirect("incidents:reports")


def _card(
    request: HttpRequest,
    report: UUID,
    *,
    answer: Words | None = None,
    note: Words | None = None,
    refused: str = "",
) -> HttpResponse:
    whole = selectors.report(report, actor=actor_of(request), at=timezone.now())
    context = {
        "whole": whole,
        "answer": answer or _answer_form(None),
        "note": note or _note_form(None),
        "refused": refused,
    }
    return render(request, "incidents/card.html", context)


def _answer_form(request: HttpRequest | None) -> Words:
    help = _("Say thank you first. Never ask whose fault it was.")
    return Words(request.POST if request else None, prefix="answer", asked=_("Your answer"), help=help)


def _note_form(request: HttpRequest | None) -> Words:
    return Words(request.POST if request else None, prefix="note", asked=_("How did it end?"))
