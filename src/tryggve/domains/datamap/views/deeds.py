"""What is done with one file: it may stay, it is deleted, it goes into the register or to a customer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.datamap.forms.chosen import Customer
from tryggve.domains.datamap.forms.told import Reason
from tryggve.domains.datamap.selectors import named, shown_files
from tryggve.domains.datamap.services import deleting, handing_over, looking, reviewing
from tryggve.domains.datamap.words import files as words
from tryggve.lib.errors import Refusal


@permission("datamap.change")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, file: UUID) -> HttpResponse:
    """Say why it may stay."""
    form = Reason(request.POST or None)
    if form.is_valid():
        reviewing.review(
            file=file, reason=form.cleaned_data["reason"], actor=actor_of(request), at=timezone.now()
        )
        messages.success(request, _("Noted. You are asked again when the file is changed."))
        return redirect("datamap:files")
    return render(request, "datamap/review.html", {"form": form, "file": file})


@permission("datamap.change")
@require_POST
def take_review_back(request: HttpRequest, file: UUID) -> HttpResponse:
    """It waits again for somebody to say what becomes of it."""
    reviewing.take_back(file=file, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The file is on the list again."))
    return redirect("datamap:file", file=file)


@permission("datamap.delete-file")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, file: UUID) -> HttpResponse:
    """What would be deleted; then it is, and the receipt follows."""
    shown, refused = shown_files.the_file(file), ""
    if request.method == "POST":
        try:
            copy = deleting.delete(file=file, actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("datamap:receipt", copy=copy.pk)
    return render(request, "datamap/delete.html", {"told": words.file(shown), "refused": refused})


@permission("datamap.change")
@require_POST
def bring_in(request: StaffRequest, file: UUID) -> HttpResponse:
    """As a list, which the register shows before anything is brought in."""
    asking.require(asking.of_request(request, "customers.import", at=timezone.now()))
    try:
        batch = handing_over.preview_as_list(file=file, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("datamap:file", file=file)
    return redirect("customers:import", batch=batch)


@permission("datamap.delete-file")
@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, file: UUID) -> HttpResponse:
    """Choose among the customers whom it names; then it lies sealed on that card, and here no more."""
    asking.require(asking.of_request(request, "customers.change", at=timezone.now()))
    shown, by = shown_files.the_file(file), who_asks(request)
    found = named.named_in(file, reach=by["reach"])
    looking.note_named(file=file, customers=[one.customer for one in found], actor=by["actor"], at=by["at"])
    form = Customer(request.POST or None, named=[(one.customer, words.customer(one)) for one in found])
    if form.is_valid():
        chosen = UUID(form.cleaned_data["customer"])
        try:
            copy = handing_over.move_to_customer(file=file, customer=chosen, **by)
        except Refusal as refusal:
            form.add_error("customer", str(refusal))
        else:
            messages.success(request, _("The file lies encrypted on the customer's card."))
            return redirect("datamap:receipt", copy=copy.pk)
    return render(request, "datamap/move.html", {"form": form, "told": words.file(shown), "found": found})
