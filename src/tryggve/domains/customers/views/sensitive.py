"""The page on which sensitive details are opened, each time with a reason, and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts import permissions
from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.forms.sensitive import Reason, SensitiveForm
from tryggve.domains.customers.selectors import custom_fields
from tryggve.domains.customers.selectors import sensitive as selectors
from tryggve.domains.customers.services import sensitive as services
from tryggve.domains.customers.words import sensitive as sensitive_words
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal


@permission("customers.reveal")
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Ask for a reason; then show the details on this one page, which no browser keeps."""
    kept, form = _kept(request, customer), Reason(request.POST or None)
    if not kept.is_there or not form.is_valid():
        return render(request, "customers/reveal.html", {"form": form, "kept": kept})
    opened = selectors.sensitive_revealed(
        customer=customer,
        reason=form.cleaned_data["reason"],
        **who_asks(request),
    )
    return render(request, "customers/revealed.html", _shown(request, opened))


@permission("customers.sensitive-change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Write new sensitive details; those that are there are seen first, with a reason."""
    kept = _kept(request, customer)
    if request.method == "GET" and kept.is_there:
        return redirect("customers:reveal", customer=customer)
    form = _form(
        request.POST or None,
        known=selectors.answers_to_compare(customer),
        initial={"revision": kept.revision},
    )
    if form.is_valid():
        try:
            services.change_sensitive(
                customer=customer,
                seen_revision=form.cleaned_data["revision"] or 0,
                sensitive=form.sensitive(),
                **who_asks(request),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            form.take_as_seen(kept.revision)
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:card", customer=customer)
    return render(request, "customers/sensitive_edit.html", {"form": form, "kept": kept})


def _form(data: Any = None, **more: Any) -> SensitiveForm:
    today, own = timezone.localdate(), custom_fields.sensitive_fields()
    return SensitiveForm(data, own=own, country=setup.firm_country(), on=today, **more)


def _shown(request: HttpRequest, opened: selectors.Revealed) -> dict[str, Any]:
    """What the page shows: numbers with what they are called, answers, and a form for who may change them."""
    sensitive, fields = opened.sensitive, custom_fields.all_fields()
    context: dict[str, Any] = {
        "customer": opened.customer,
        "numbers": sensitive_words.numbers_of(sensitive),
        "answers": sensitive_words.answers_of(sensitive, fields),
    }
    if permissions.may(request.user, "customers.sensitive-change"):
        own = [field for field in fields if field.is_sensitive and not field.is_archived]
        initial = SensitiveForm.initial_from(
            sensitive, opened.revision, own=own, country=setup.firm_country()
        )
        context["form"] = _form(known=sensitive.custom, initial=initial)
    return context


def _kept(request: HttpRequest, customer: UUID) -> selectors.Kept:
    return selectors.what_is_kept(customer=customer, reach=asking.reach(request))
