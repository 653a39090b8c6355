"""How long one customer is kept: by which purposes, why longer, and what the law demands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.rights import retention_words
from tryggve.domains.rights.engine.calendars.keeping_rules import rule_called
from tryggve.domains.rights.forms.retention import ByLawForm, EndForm, KeepForm
from tryggve.domains.rights.selectors.retention import due
from tryggve.domains.rights.services.retention import keeping, keeping_by_law
from tryggve.domains.rights.views.languages import asked_language


@permission("rights.retention")
@require_GET
def show(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Until when, why, and what can be decided."""
    return _page(request, customer)


@permission("rights.keep")
@require_POST
def keep(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Keep the customer longer, or hold."""
    form = KeepForm(request.POST, prefix="keep")
    if form.is_valid():
        told = {
            "kind": form.kind_chosen(),
            "reason": form.cleaned_data["reason"],
            "until": form.cleaned_data["until"],
        }
        if _is_done(request, form, "until", keeping.keep, customer=customer, **told):
            return redirect("rights:keeping", customer=customer)
    return _page(request, customer, keep_form=form)


@permission("rights.keep")
@require_POST
def ended(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Say when the assignment ended."""
    form = EndForm(request.POST, prefix="end")
    if form.is_valid():
        told = {"ended_on": form.cleaned_data["ended_on"]}
        if _is_done(request, form, "ended_on", keeping.tell_end, customer=customer, **told):
            return redirect("rights:keeping", customer=customer)
    return _page(request, customer, end_form=form)


@permission("rights.keep")
@require_POST
def by_law(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Write down what the law demands to keep."""
    form = _law_form(request, request.POST)
    if form.is_valid():
        deed = keeping_by_law.write_down
        if _is_done(request, form, "counted_from", deed, customer=customer, **form.cleaned_data):
            return redirect("rights:keeping", customer=customer)
    return _page(request, customer, law_form=form)


def _is_done(request: HttpRequest, form: Any, field: str, deed: Any, **told: Any) -> bool:
    """Do it; a refusal stands at the field that it is about."""
    try:
        deed(**who_asks(request), **told)
    except (keeping.NotThatDay, keeping_by_law.OverAlready) as refusal:
        form.add_error(field, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


def _page(request: HttpRequest, customer: UUID, **forms: Any) -> HttpResponse:
    """The page, with a form that was filled in wrongly."""
    told = due.keeping_of(customer=customer, **who_asks(request))
    names, language = due.names_of_purposes(), asked_language(request)
    context = {
        "told": told,
        "deed": retention_words.DEEDS[told.contact.deed] if told.contact else "",
        "needs": [
            (
                names[one.purpose].told_in(language).words.name,
                retention_words.rule_lines(rule_called(one.rule), language)[0],
                one,
            )
            for one in told.needs
        ],
        "facts": [
            (one, retention_words.rule_lines(rule_called(one.rule), language)[0]) for one in told.facts
        ],
        "keep_form": KeepForm(prefix="keep"),
        "end_form": EndForm(prefix="end", initial={"ended_on": _iso(told.ended_on)}),
        "law_form": _law_form(request),
    }
    return render(request, "rights/keeping.html", context | forms)


def _law_form(request: HttpRequest, data: Any = None) -> ByLawForm:
    return ByLawForm(data, prefix="law", laws=keeping_by_law.laws(), language=asked_language(request))


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""
