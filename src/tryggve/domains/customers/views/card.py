from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts import permissions
from tryggve.accounts.pages import StaffRequest, actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers import panels
from tryggve.domains.customers.engine.comparison.comparing import different_parts, kept_of_both
from tryggve.domains.customers.forms.customer import CustomerForm
from tryggve.domains.customers.forms.notes import NoteForm
from tryggve.domains.customers.forms.responsible import Responsible
from tryggve.domains.customers.panels import Place
from tryggve.domains.customers.selectors import card as cards
from tryggve.domains.customers.selectors import custom_fields, documents, merges, register, sensitive
from tryggve.domains.customers.services import merge_undo, records
from tryggve.domains.customers.views.finding import card_seen
from tryggve.domains.customers.words import parts as part_words
from tryggve.domains.setup import api as setup

_ONE_MORE = "add_address"


@permission("customers.view")
@require_GET
def card(request: HttpRequest, customer: UUID) -> HttpResponse:
    """All that the firm knows of one customer, and what was done."""
    may_reveal = permissions.may(request.user, "customers.reveal")
    try:
        whole = cards.whole_card(
            customer=customer,
            **who_asks(request),
            with_sensitive=may_reveal,
            beside=panels.beside(request.user),
        )
    except register.NoSuchCustomer as cause:
        return _card_it_became(request, customer, cause)
    context: dict[str, Any] = {"whole": whole, "card": whole.card, "note_form": NoteForm(auto_id="note_%s")}
    context["status"] = part_words.STATUSES[whole.card.details.status] if whole.card.details.status else ""
    if whole.card.has_documents:
        context["documents"] = documents.documents_of(customer)
    if whole.card.has_merges:
        context["merges"] = merges.undoable_merges(customer, at=timezone.now(), lasting=merge_undo.UNDONE_FOR)
    if permissions.may(request.user, "customers.assign"):
        chosen = {"responsible": str(whole.card.responsible or "")}
        context["form"] = Responsible(initial=chosen, people=whole.everybody)
    if may_reveal:
        context["sensitive"] = sensitive.in_brief(whole.card, reach=asking.reach(request))
    told = whole.card.told_beside
    context["panels_on_top"] = panels.shown(customer, request, told, Place.TOP)
    context["panels"] = panels.shown(customer, request, told, Place.SIDE)
    context["panels_at_end"] = panels.shown(customer, request, told, Place.END)
    return render(request, "customers/card.html", context)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    own, country = custom_fields.ordinary_fields(), setup.firm_country()
    if _ONE_MORE in request.POST:
        form = CustomerForm(initial=request.POST.dict(), own=own, country=country)
    else:
        form = CustomerForm(request.POST or None, own=own, country=country)
    if not form.is_valid():
        return render(request, "customers/edit.html", {"form": form})
    try:
        customer = records.add_customer(
            details=form.details(), actor=actor_of(request), at=timezone.now(), responsible=request.user.pk
        )
    except records.NowSensitive as refusal:
        form.add_error(None, str(refusal))
        return render(request, "customers/edit.html", {"form": form})
    messages.success(request, _("The customer is in the register."))
    return redirect("customers:card", customer=customer)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Change the details; who was overtaken by somebody else is shown both, and nothing is lost."""
    known, own = card_seen(request, customer, page="edit"), custom_fields.ordinary_fields()
    form, context = _form_of(request, known, own), {"card": known}
    if form.is_valid():
        try:
            records.change_customer(
                customer=customer,
                seen_revision=form.cleaned_data["revision"] or 0,
                details=form.details(),
                **who_asks(request),
            )
        except records.ChangedMeanwhile as refusal:
            context |= _laid_side_by_side(form, known, str(refusal))
        except (records.NowSensitive, records.AlreadyGone) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:card", customer=customer)
    return render(request, "customers/edit.html", {"form": form, **context})


def _card_it_became(request: HttpRequest, customer: UUID, cause: Exception) -> HttpResponse:
    """A card that was merged into another leads there. Raises Http404 for any other, and policy.Refused."""
    kept = merges.kept_instead_of(customer)
    if kept is None:
        raise Http404 from cause
    register.require_visible(kept, asking.reach(request))
    return redirect("customers:card", customer=kept)


def _form_of(request: HttpRequest, known: register.Card, own: list[Any]) -> CustomerForm:
    facts: dict[str, Any] = {"known": known.details, "own": own, "country": setup.firm_country()}
    if _ONE_MORE in request.POST:
        return CustomerForm(initial=request.POST.dict(), **facts)
    initial = CustomerForm.initial_from(known.details, known.revision, own)
    return CustomerForm(request.POST or None, initial=initial, **facts)


def _laid_side_by_side(form: CustomerForm, known: register.Card, sentence: str) -> dict[str, Any]:
    """What both wrote, as the form is offered again."""
    mine, theirs = form.details(), known.details
    shown, taken = kept_of_both(mine, theirs, seen=form.cleaned_data["seen"])
    names = different_parts(mine, theirs)
    differences = part_words.differences(names, mine, theirs, taken=taken, own=form.own)
    form.offer_again(shown, known.revision)
    return {"differences": differences, "overtaken": sentence}
