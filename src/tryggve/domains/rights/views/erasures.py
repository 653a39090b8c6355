from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve import vault
from tryggve.accounts.pages import actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.forms.erasing import Erasing, QuarantineDays
from tryggve.domains.rights.papers import paper_files, receipt
from tryggve.domains.rights.selectors.erasure import erasures as selectors
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.erasure import erasures, quarantine
from tryggve.lib.errors import Refusal
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject
from tryggve.ui.paging import page_number


@permission("rights.erase")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, customer: UUID) -> HttpResponse:
    """What will happen, and the name to be typed; or why it can't be now."""
    named = _name_or_code(request, customer)
    asked = {"ground": "REQUEST"} if cases.asking_erasure(customer) else {}
    form, refused = Erasing(request.POST or None, expected=named, initial=asked), ""
    if form.is_valid():
        ground = form.cleaned_data["ground"]
        try:
            made = erasures.ask_erasure(customer=customer, ground=ground, **who_asks(request))
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The customer is put aside."))
            return redirect("rights:erasure", erasure=made)
    context = {
        "refused": refused,
        "form": form,
        "named": named,
        "customer": customer,
        "days": quarantine.quarantine_days(at=timezone.now()),
        "outside": privacy.outside(Subject(Kind.CUSTOMER, customer)),
    }
    return render(request, "rights/erase.html", context, status=409 if refused else 200)


@permission("rights.erasures")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """Who waits to be erased, who was erased, and what was called off."""
    page = selectors.erasure_page(number=page_number(request), **who_asks(request))
    days = quarantine.quarantine_days(at=timezone.now())
    context = {
        "page": page,
        "days": days,
        "now": timezone.now(),
        "doubted_since": erasure_clock.doubted_since(at=timezone.now()),
        "shorter": quarantine.shorter_from(at=timezone.now()),
        "form": QuarantineDays(initial={"days": days}),
    }
    return render(request, "rights/erasures.html", context)


@permission("rights.erasures")
@require_GET
def show(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """One erasure, and what can still be done about it."""
    told = _told(request, erasure)
    return render(
        request, "rights/erasure.html", {"told": told, "is_own": told.asked_by == actor_of(request)}
    )


@permission("rights.call-off")
@require_POST
def call_off(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """The customer is back as if nobody had asked."""
    _told(request, erasure)
    customer = erasures.call_off(erasure=erasure, **who_asks(request))
    messages.success(request, _("The erasure is called off. The customer is in the register again."))
    return redirect("customers:card", customer=customer)


@permission("rights.erase")
@require_POST
def sooner(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """A second person agrees that it is done at once."""
    _told(request, erasure)
    erasures.agree_to_sooner(erasure=erasure, **who_asks(request))
    messages.success(request, _("The customer will be erased within a few minutes."))
    return redirect("rights:erasure", erasure=erasure)


@permission("rights.erase")
@require_POST
def confirm_clock(request: HttpRequest) -> HttpResponse:
    """Somebody has read the date and says that it is right."""
    erasure_clock.confirm(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("rights:erasures")


@permission("rights.erasures")
@require_GET
def paper(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """The receipt as PDF, made in memory, in the language of who asks for it."""
    made = paper_files.as_file(
        receipt.receipt(_told(request, erasure, page="receipt"), at=timezone.now()), "pdf"
    )
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, made.name) or ""
    return answer


@permission("rights.quarantine")
@require_POST
def set_quarantine(request: HttpRequest) -> HttpResponse:
    """How long the next ones wait."""
    form = QuarantineDays(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else 0
    quarantine.set_quarantine(days=days, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("rights:erasures")


def _name_or_code(request: HttpRequest, customer: UUID) -> str:
    """What is typed to erase a customer: the name, or the end of the id when the card can't be opened."""
    try:
        return customers.card_title(customer=customer, page="erase", **who_asks(request))
    except vault.CannotOpen:
        return str(customer)[-12:]


def _told(request: HttpRequest, erasure: UUID, *, page: str = "erasure") -> selectors.Told:
    """Raises selectors.NoSuchErasure, and policy.Refused for a customer of another person's."""
    return selectors.erasure(erasure=erasure, page=page, **who_asks(request))
