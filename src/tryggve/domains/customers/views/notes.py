from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.notes import NoteForm
from tryggve.domains.customers.selectors import card, people
from tryggve.domains.customers.selectors import notes as selectors
from tryggve.domains.customers.services import notes as services
from tryggve.domains.customers.services.records import AlreadyGone, ChangedMeanwhile
from tryggve.ui.paging import page_number


@permission("customers.view")
@require_GET
def older(request: HttpRequest, customer: UUID) -> HttpResponse:
    """All notes, a page at a time."""
    page: Page[selectors.NoteText] = selectors.note_page(
        customer=customer, number=page_number(request), **who_asks(request)
    )
    shown = list(page)
    names = people.names_of({note.written_by for note in shown}, people.everybody())
    notes = card.signed(shown, names)
    return render(request, "customers/notes.html", {"page": page, "notes": notes, "customer": customer})


@permission("customers.change")
@require_POST
def add(request: HttpRequest, customer: UUID) -> HttpResponse:
    """From the card; what can't be kept as it is stands on a page of its own, to be mended."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            services.add_note(customer=customer, text=form.cleaned_data["text"], **who_asks(request))
        except AlreadyGone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The note is written down."))
            return redirect("customers:card", customer=customer)
    return _form(request, form, customer)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, customer: UUID, note: UUID) -> HttpResponse:
    known = _note(request, customer, note)
    form = NoteForm(request.POST or None, initial={"text": known.text, "revision": known.revision})
    if form.is_valid():
        try:
            services.change_note(
                customer=customer,
                note=note,
                seen_revision=form.cleaned_data["revision"] or 0,
                text=form.cleaned_data["text"],
                **who_asks(request),
            )
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            form.take_as_seen(known.revision)
            return _form(request, form, customer, known=known, theirs=known.text)
        except AlreadyGone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:card", customer=customer)
    return _form(request, form, customer, known=known)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, customer: UUID, note: UUID) -> HttpResponse:
    """Show what goes, since it can't be brought back."""
    if request.method == "GET":
        known = _note(request, customer, note)
        return render(request, "customers/note_delete.html", {"known": known, "customer": customer})
    services.delete_note(customer=customer, note=note, **who_asks(request))
    messages.success(request, _("The note is deleted."))
    return redirect("customers:card", customer=customer)


def _form(request: HttpRequest, form: NoteForm, customer: UUID, **more: Any) -> HttpResponse:
    return render(request, "customers/note.html", {"form": form, "customer": customer, **more})


def _note(request: HttpRequest, customer: UUID, note: UUID) -> selectors.NoteText:
    return selectors.one_note(customer=customer, note=note, **who_asks(request))
