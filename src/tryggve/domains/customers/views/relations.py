from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.relations import Chosen, Sought
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.selectors import relations as selectors
from tryggve.domains.customers.services import relations as services
from tryggve.domains.customers.views.finding import card_seen
from tryggve.domains.customers.words import relations as relation_words

_SHOWN = 20


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Find the other customer by what is typed, which comes by POST, and offer those found to choose from."""
    card = card_seen(request, customer, page="relate")
    form = Sought(request.POST or None)
    context: dict[str, Any] = {"card": card, "form": form}
    if form.is_valid():
        found = register.customers_matching(
            text=form.cleaned_data["text"],
            **who_asks(request),
            limit=_SHOWN,
        )
        context["found"] = [(one, details) for one, details in found if one != customer]
        context["words"] = dict(relation_words.choices())[form.cleaned_data["kind"]]
    return render(request, "customers/relate.html", context)


@permission("customers.change")
@require_POST
def add(request: HttpRequest, customer: UUID) -> HttpResponse:
    """One of those found was chosen."""
    form = Chosen(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    kind, is_back = relation_words.kind_of(form.cleaned_data["kind"])
    one, other = (form.who(), customer) if is_back else (customer, form.who())
    services.relate(
        customer=one,
        other=other,
        kind=kind,
        **who_asks(request),
    )
    messages.success(request, _("The two belong together now, on both cards."))
    return redirect("customers:card", customer=customer)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, customer: UUID, relation: UUID) -> HttpResponse:
    """Say which it is before it is removed; both customers stay."""
    by = who_asks(request)
    if request.method == "POST":
        services.unrelate(customer=customer, relation=relation, **by)
        messages.success(request, _("The relation is removed. Both customers are still here."))
        return redirect("customers:card", customer=customer)
    card = card_seen(request, customer, page="relate")
    known = next(
        (one for one in selectors.relations_of(customer, by["reach"]).related if one.relation == relation),
        None,
    )
    if known is None:
        raise Http404
    return render(request, "customers/relation_remove.html", {"card": card, "known": known})
