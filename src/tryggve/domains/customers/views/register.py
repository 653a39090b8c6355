import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve import vault
from tryggve.accounts import permissions
from tryggve.accounts import selectors as accounts
from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers import forms, selectors
from tryggve.domains.customers.services import records
from tryggve.lib.errors import Refusal
from tryggve.ui import fragments

_FOUND = "customers_found"
_SEARCHES_KEPT = 5
_LONGEST_PAGE_NUMBER = 9


@permission("customers.view")
@require_GET
def customer_list(request: HttpRequest) -> HttpResponse:
    """Everyone, by name, with the search box above."""
    page = selectors.customer_page(
        number=_page_of(request), actor=actor_of(request), at=timezone.now(), reach=asking.reach(request)
    )
    return render(request, "customers/list.html", {"page": page})


@permission("customers.view")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """What was typed comes by POST, so that no name stands in an address, a log or the browser's history."""
    text = request.POST.get("text", "")[:200]
    now, actor = timezone.now(), actor_of(request)
    if not text.strip():
        return HttpResponse() if fragments.is_wanted(request) else redirect("customers:list")
    rows = selectors.customers_matching(text=text, actor=actor, at=now, reach=asking.reach(request))
    if fragments.is_wanted(request):
        return render(request, "customers/_found.html", {"rows": rows})
    token = _keep_found(request, [str(customer) for customer, _details in rows])
    return redirect("customers:found", token=token)


@permission("customers.view")
@require_GET
def found(request: HttpRequest, token: str) -> HttpResponse:
    """A search made without scripts, shown at an address that says nothing."""
    kept: dict[str, list[str]] = request.session.get(_FOUND, {})
    if token not in kept:
        return redirect("customers:list")
    rows = selectors.customers_found_before(
        customers=[UUID(customer) for customer in kept[token]],
        actor=actor_of(request),
        at=timezone.now(),
        reach=asking.reach(request),
    )
    return render(request, "customers/found.html", {"rows": rows})


@permission("customers.view")
@require_GET
def card(request: HttpRequest, customer: UUID) -> HttpResponse:
    found = _card_or_404(request, customer, page="card")
    context: dict[str, Any] = {"card": found}
    if found.responsible:
        context["responsible"] = accounts.name_of(found.responsible)
    if permissions.may(request.user, "customers.assign"):
        context["form"] = forms.Responsible(initial={"responsible": str(found.responsible or "")})
    return render(request, "customers/card.html", context)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    form = forms.Customer(request.POST or None)
    if not form.is_valid():
        return render(request, "customers/edit.html", {"form": form})
    customer = records.add_customer(
        details=form.details(), actor=actor_of(request), at=timezone.now(), responsible=request.user.pk
    )
    messages.success(request, _("The customer is in the register."))
    return redirect("customers:card", customer=customer)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, customer: UUID) -> HttpResponse:
    known = _card_or_404(request, customer, page="edit")
    form = forms.Customer(
        request.POST or None, initial=forms.Customer.initial_from(known.details, known.revision)
    )
    if form.is_valid():
        try:
            records.change_customer(
                customer=customer,
                seen_revision=form.cleaned_data["revision"] or 0,
                details=form.details(other_addresses=known.details.addresses[1:]),
                actor=actor_of(request),
                at=timezone.now(),
                reach=asking.reach(request),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            form.take_as_seen(known.revision)
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:card", customer=customer)
    return render(request, "customers/edit.html", {"form": form, "card": known})


@permission("customers.delete")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Ask for the name, since this can't be undone."""
    title = _title_or_code(request, customer)
    form = forms.Deletion(request.POST or None, expected=title)
    if not form.is_valid():
        return render(request, "customers/delete.html", {"form": form, "named": title, "customer": customer})
    records.delete_customer(
        customer=customer, actor=actor_of(request), at=timezone.now(), reach=asking.reach(request)
    )
    messages.success(request, _("The customer is deleted and the key destroyed."))
    return redirect("customers:list")


def _title_or_code(request: HttpRequest, customer: UUID) -> str:
    """What is typed to delete a customer: the name, or the end of the id when the card can't be opened."""
    try:
        return _card_or_404(request, customer, page="delete").details.title
    except vault.CannotOpen:
        return str(customer)[-12:]


def _page_of(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST_PAGE_NUMBER else 1


def _card_or_404(request: HttpRequest, customer: UUID, *, page: str) -> selectors.Card:
    try:
        return selectors.customer_card(
            customer=customer,
            actor=actor_of(request),
            at=timezone.now(),
            page=page,
            reach=asking.reach(request),
        )
    except selectors.NoSuchCustomer as cause:
        raise Http404 from cause


def _keep_found(request: HttpRequest, customers: list[str]) -> str:
    """Sessions hold ids only; the newest few searches are kept."""
    token = secrets.token_urlsafe(12)
    kept = list(request.session.get(_FOUND, {}).items())[-(_SEARCHES_KEPT - 1) :]
    request.session[_FOUND] = dict([*kept, (token, customers)])
    return token
