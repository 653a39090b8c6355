"""The list of requests, a new one, and one with its clock and its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import case_words
from tryggve.domains.rights.forms.cases import Handing, IdentityForm, NewCase, Seen
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.selectors.requests import packages
from tryggve.domains.rights.selectors.requests.case_rows import CustomerGone
from tryggve.domains.rights.services import packages as packages_made
from tryggve.domains.rights.services.requests import case_deeds, cases
from tryggve.domains.rights.views.languages import asked_language
from tryggve.lib.errors import Refusal
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

_STATE_TONES = {"DONE": "good", "REFUSED": "warning"}


@permission("rights.requests")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """Those to be answered, the late ones first; with ``?closed`` those that were."""
    is_closed = "closed" in request.GET
    shown = selectors.closed_cases if is_closed else selectors.open_cases
    found = shown(**who_asks(request))
    rows = [(one, case_words.KINDS[one.case.kind], case_words.time_left(one.clock)) for one in found]
    late = sum(one.clock.days_late > 0 for one in found) if not is_closed else 0
    return render(request, "rights/cases.html", {"rows": rows, "is_closed": is_closed, "late": late})


@permission("rights.requests-change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Write down what a customer asks for."""
    by = who_asks(request)
    named = customers.card_title(customer=customer, page="request", **by)
    initial = {"received_on": timezone.localdate(by["at"]).isoformat()}
    form = NewCase(request.POST or None, initial=initial, purposes=_purposes(request))
    if form.is_valid():
        told = form.cleaned_data
        try:
            case = cases.open_case(
                customer=customer,
                kind=form.kind_chosen(),
                channel=form.channel_chosen(),
                received_on=told["received_on"],
                words=told["words"],
                purpose=form.purpose_chosen(),
                **by,
            )
        except cases.NotReceivedThen as refusal:
            form.add_error("received_on", str(refusal))
        else:
            messages.success(request, _("The request is written down."))
            return redirect("rights:case", case=case)
    return render(request, "rights/case_new.html", {"form": form, "named": named, "customer": customer})


@permission("rights.requests")
@require_GET
def show(request: HttpRequest, case: UUID) -> HttpResponse:
    """One request: how long there is left, what was done, and what comes next."""
    return page(request, case)


@permission("rights.requests-change")
@require_POST
def identify(request: HttpRequest, case: UUID) -> HttpResponse:
    """Write down how it was made sure who asks."""
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return page(request, case, identity_form=form)
    told = form.cleaned_data
    return done(
        request, case, _("Written down."), cases.check_identity,
        seen_revision=told["revision"], how=cases.Identity(told["how"]), why=told["why"],
    )  # fmt: skip


@permission("rights.requests-change")
@require_POST
def take_back(request: HttpRequest, case: UUID) -> HttpResponse:
    """The customer doesn't want it any more."""
    return done(request, case, _("The request is closed."), cases.take_back, seen_revision=seen_in(request))


@permission("rights.requests-change")
@require_POST
def carry_out(request: HttpRequest, case: UUID) -> HttpResponse:
    """Let Tryggve do what was asked for."""
    return done(
        request, case, _("It is done. Now tell the customer."), case_deeds.carry_out,
        seen_revision=seen_in(request),
    )  # fmt: skip


def page(request: HttpRequest, case: UUID, **forms: Any) -> HttpResponse:
    """The page of one case, with a form that was filled in wrongly. Raises what seen_case raises."""
    whole = seen_case(request, case)
    row = whole.case
    seen = {"revision": row.revision}
    context = {
        "whole": whole,
        "kind": case_words.KINDS[row.kind],
        "article": case_words.ARTICLES[row.kind],
        "time_left": case_words.time_left(whole.clock),
        "rule": case_words.rule(row),
        "identity": case_words.IDENTITIES.get(row.identity_check, ""),
        "steps": [(step, case_words.STEPS.get(step.code, step.code)) for step in whole.steps],
        "tone": _STATE_TONES.get(row.state, ""),
        "identity_form": IdentityForm(initial=seen),
        "seen": Seen(initial=seen),
        "may_extend": whole.may_extend,
        "outside": []
        if whole.person.is_put_aside
        else privacy.outside(Subject(Kind.CUSTOMER, whole.person.id)),
        **_of_kind(whole),
    }
    return render(request, "rights/case.html", context | forms)


def seen_case(request: HttpRequest, case: UUID) -> selectors.WholeCase:
    """The case, the look logged. Raises NoSuchCase, Http404 when the customer is gone, and policy.Refused."""
    try:
        return selectors.whole_case(case=case, **who_asks(request))
    except CustomerGone as cause:
        raise Http404 from cause


def done(request: HttpRequest, case: UUID, told: str, deed: Any, **facts: Any) -> HttpResponse:
    """Do it and come back to the page, or say there why not. Raises NoSuchCase and policy.Refused."""
    try:
        deed(case=case, **who_asks(request), **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("rights:case", case=case)


def seen_in(request: HttpRequest) -> int:
    """The revision that the person saw; none for a form that was tampered with."""
    form = Seen(request.POST)
    return int(form.cleaned_data["revision"]) if form.is_valid() else 0


def _of_kind(whole: selectors.WholeCase) -> dict[str, Any]:
    """What this kind of request needs on its page."""
    if whole.is_about_erasure:
        return {"erasure": selectors.erasure_of(whole.person.id)}
    if packages_made.is_made_for(whole.case.kind):
        newest = packages.newest_package(whole.case.pk)
        return {"package": newest, "handing": Handing(), "is_with_package": True}
    return {}


def _purposes(request: HttpRequest) -> list[tuple[str, str]]:
    language = asked_language(request)
    return [(str(one.id), one.told_in(language).words.name) for one in purposes.purposes_in_use()]
