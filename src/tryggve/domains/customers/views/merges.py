from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts import permissions
from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.merges import Other, Seen, chosen_from_gone
from tryggve.domains.customers.selectors import custom_fields, register
from tryggve.domains.customers.selectors import merges as selectors
from tryggve.domains.customers.services import merge_undo, told_apart
from tryggve.domains.customers.services import merges as services
from tryggve.domains.customers.services.records import ChangedMeanwhile
from tryggve.domains.customers.views.finding import card_seen
from tryggve.domains.customers.words import merges as merge_words
from tryggve.ui.paging import page_number

_SHOWN = 20


@permission("customers.merge")
@require_GET
def doubles(request: HttpRequest) -> HttpResponse:
    """Cards that may be one customer's, two by two."""
    with_numbers = permissions.may(request.user, "customers.reveal")
    page = selectors.possible_doubles(
        number=page_number(request),
        **who_asks(request),
        with_numbers=with_numbers,
    )
    rows = [(pair, merge_words.WHY[pair.why]) for pair in page.object_list]
    context = {"page": page, "rows": rows, "with_numbers": with_numbers}
    return render(request, "customers/doubles.html", context)


@permission("customers.merge")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Find the other card of the same customer by what is typed, which comes by POST."""
    card, form = card_seen(request, customer, page="merge"), Other(request.POST or None)
    context: dict[str, object] = {"card": card, "form": form}
    if form.is_valid():
        found = register.customers_matching(
            text=form.cleaned_data["text"],
            **who_asks(request),
            limit=_SHOWN,
        )
        context["found"] = [(one, details) for one, details in found if one != customer]
        context["is_searched"] = True
    return render(request, "customers/merge_find.html", context)


@permission("customers.merge")
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, customer: UUID, other: UUID) -> HttpResponse:
    """Both cards side by side, and what the kept one would say; a yes makes them one, a no is remembered."""
    if request.method == "POST" and "apart" in request.POST:
        return _told_apart(request, customer, other)
    refused, chosen = "", chosen_from_gone(request.POST)
    seen = Seen(request.POST or None)
    if seen.is_valid():
        try:
            services.merge_customers(
                kept=customer,
                gone=other,
                seen=seen.revisions(),
                from_gone=chosen,
                **who_asks(request),
            )
        except (
            ChangedMeanwhile, services.AnswersDiffer, services.RegisterBusy, services.TooMuch
        ) as refusal:  # fmt: skip
            refused = str(refusal)
        else:
            messages.success(request, _("The two cards are one now. For 30 days this can be undone."))
            return redirect("customers:card", customer=customer)
    side = _side_by_side(request, customer, other, chosen)
    parts = side.parts(custom_fields.ordinary_fields())
    context = {"side": side, "parts": parts, "refused": refused, "chosen": chosen}
    return render(request, "customers/merge.html", context, status=409 if refused else 200)


@permission("customers.merge")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, customer: UUID, merge: UUID) -> HttpResponse:
    """Say what will happen, then part the two cards again."""
    by = who_asks(request)
    if request.method == "POST":
        _kept, gone = merge_undo.undo_merge(merge=merge, **by)
        messages.success(request, _("The two cards are two again. This is the one that had been merged."))
        return redirect("customers:card", customer=gone)
    card = card_seen(request, customer, page="merge")
    there = selectors.undoable_merges(customer, at=by["at"], lasting=merge_undo.UNDONE_FOR)
    known = next((one for one in there if one.id == merge), None)
    if known is None:
        raise Http404
    changed = merge_undo.changed_since(merge)
    return render(request, "customers/merge_undo.html", {"card": card, "merge": known, "is_changed": changed})


def _told_apart(request: HttpRequest, customer: UUID, other: UUID) -> HttpResponse:
    told_apart.tell_apart(one=customer, other=other, **who_asks(request))
    messages.success(request, _("They stay two cards. Nobody is asked about them again."))
    return redirect("customers:doubles")


def _side_by_side(
    request: HttpRequest, customer: UUID, other: UUID, chosen: set[str]
) -> selectors.SideBySide:
    if customer == other:
        raise services.SameCard
    return selectors.side_by_side(
        kept=customer,
        gone=other,
        from_gone=chosen,
        **who_asks(request),
    )
