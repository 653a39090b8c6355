from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import advising, mail_words, pasting, selectors
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.forms.told import DomainUse, NewDomain
from tryggve.domains.exposure.looks import looks
from tryggve.domains.exposure.services import domains, measuring
from tryggve.domains.exposure.stages import stages
from tryggve.lib.errors import Refusal
from tryggve.ui import fragments

_ONLY_MAIL = (selectors.ABOUT_MAIL,)


@permission("exposure.view")
@require_GET
def show(request: HttpRequest, domain: UUID) -> HttpResponse:
    """How far a domain has come, what is wrong, and what to do about it."""
    watched = selectors.domain(domain)
    context = {"domain": watched, "stages": stages(watched), "looks": looks(now=timezone.now())}
    return render(request, "exposure/domain.html", context)


@permission("exposure.view")
@require_GET
def lines(request: StaffRequest, domain: UUID) -> HttpResponse:
    """What to paste where, read in the name service at this moment; by itself, or within the domain's page."""
    watched = selectors.domain(domain)
    context: dict[str, object] = {"domain": watched}
    try:
        advised = advising.advised(watched, at=timezone.now(), reports_to=_mailbox(request, watched))
    except Unread as unread:
        context["cause"] = mail_words.CAUSES.get(unread.cause, "")
    else:
        context["advised"] = pasting.shown(advised)
    part = "_lines" if fragments.is_wanted(request) else "lines"
    return render(request, f"exposure/{part}.html", context)


@permission("exposure.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more domain."""
    form = NewDomain(request.POST or None)
    if form.is_valid():
        try:
            made = domains.add(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("selectors" if isinstance(refusal, domains.NotASelector) else "told", str(refusal))
        else:
            return _look_again(request, made)
    return render(request, "exposure/domain_form.html", {"form": form})


@permission("exposure.change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, domain: UUID) -> HttpResponse:
    """How it is used, and what its keys are called."""
    watched = selectors.domain(domain)
    said = {
        "kind": "SENDS" if watched.asked.sends else "RESTS",
        "selectors": " ".join(watched.asked.selectors),
    }
    form = DomainUse(request.POST or None, initial=said)
    if form.is_valid():
        try:
            domains.change(domain=domain, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("selectors", str(refusal))
        else:
            return _look_again(request, domain)
    return render(request, "exposure/domain_form.html", {"form": form, "domain": watched})


@permission("exposure.change")
@require_POST
def remove(request: HttpRequest, domain: UUID) -> HttpResponse:
    """Watch it no more. It stands on the overview for a while, to be taken back."""
    domains.remove(domain=domain, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Not watched any more. Below you can take it back."))
    return redirect("exposure:overview")


@permission("exposure.change")
@require_POST
def restore(request: HttpRequest, domain: UUID) -> HttpResponse:
    domains.restore(domain=domain, actor=actor_of(request), at=timezone.now())
    return _look_again(request, domain)


def _look_again(request: HttpRequest, domain: UUID) -> HttpResponse:
    measuring.measure_again(actor=actor_of(request), at=timezone.now(), only=_ONLY_MAIL)
    messages.success(request, _("Tryggve is looking. What it finds stands here in a minute."))
    return redirect("exposure:domain", domain=domain)


def _mailbox(request: StaffRequest, watched: selectors.WatchedDomain) -> str:
    """Where reports go: to who reads this, if that is a mailbox of the domain; else to one that is to be made."""
    return request.user.email if request.user.email.lower().endswith(f"@{watched.asked.name}") else ""
