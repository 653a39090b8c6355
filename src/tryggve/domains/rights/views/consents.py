"""A customer's consents, as those read them who work here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.forms.consents import Question, Recorded
from tryggve.domains.rights.selectors.consents import choices, consent_history, consents
from tryggve.domains.rights.selectors.erasure import receipts
from tryggve.domains.rights.services.consent_events import YES, Channel, Circumstances, Said
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.consents import consents as services
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal


@permission("rights.consents")
@require_GET
def show(request: HttpRequest, customer: UUID) -> HttpResponse:
    """How the customer stands to each purpose, and all that happened."""
    return _page(request, _person(request, customer))


@permission("rights.consent-record")
@require_POST
def record(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Write down what the customer said on the telephone, on paper, by mail, face to face."""
    person, now = _person(request, customer), timezone.now()
    form = Recorded(request.POST, purposes=_recordable(customer, _choices(customer)), now=now)
    if form.is_valid():
        how = Circumstances(
            Channel(form.cleaned_data["channel"]),
            form.happened_at(),
            actor_of(request),
            setup.firm_language(),
            is_by_guardian=form.cleaned_data["by_guardian"],
        )
        try:
            services.record(customer=customer, said=[form.said()], how=how, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, customer, form.said(), now)
            return redirect("rights:consents", customer=customer)
    return _page(request, person, record=form)


@permission("rights.consent-record")
@require_POST
def ask(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Mail the customer a link behind which to choose."""
    person = _person(request, customer)
    form = Question(request.POST, choices=_choices(customer))
    if form.is_valid():
        try:
            consent_questions.ask(
                customer=customer,
                purpose=form.about(),
                language=setup.firm_language(),
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is on its way to the customer."))
            return redirect("rights:consents", customer=customer)
    return _page(request, person, question=form)


@permission("rights.consents")
@require_GET
def receipt(request: HttpRequest, customer: UUID, event: UUID) -> HttpResponse:
    """The receipt that the customer can have, as a file."""
    _person(request, customer)
    made = receipts.receipt_of(event, customer=customer, language=get_language() or "en")
    if made is None:
        raise Http404
    audit.look(
        actions.CONSENT_RECEIPT_MADE,
        actor=actor_of(request),
        at=timezone.now(),
        subject=customer,
        event=str(event),
    )
    answer = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = f'attachment; filename="consent-{event}.json"'
    return answer


def _page(request: HttpRequest, person: customers.Person, **forms: Any) -> HttpResponse:
    now = timezone.now()
    offered = _choices(person.id)
    recordable = _recordable(person.id, offered)
    today = {"day": timezone.localdate(now)}
    lines = consent_history.lines_of(person.id, actor=actor_of(request), at=now)
    context = {
        "person": person,
        "consents": offered,
        "lines": lines,
        "record": forms.get("record") or Recorded(purposes=recordable, now=now, initial=today),
        "is_recordable": bool(recordable),
        "question": forms.get("question") or Question(choices=offered),
    }
    return render(request, "rights/consents.html", context)


def _tell(request: HttpRequest, customer: UUID, said: Said, now: datetime) -> None:
    """A yes that was said before a no, or whose time is over, is written down and holds nothing."""
    if said.kind in YES and not consents.has_consent(customer, said.purpose, at=now):
        messages.warning(
            request,
            _(
                "It is written down, but it doesn't hold: the customer has said no since, or its time is over."
            ),
        )
    else:
        messages.success(request, _("It is written down, and the customer gets a receipt by mail."))


def _recordable(customer: UUID, offered: list[choices.Choice]) -> list[tuple[UUID, str]]:
    """What is asked about now, and what the customer once said yes to: that can be taken back whatever became of it."""
    known = {one.purpose: one.words.name for one in offered}
    once = choices.said_yes_to(customer, language=get_language() or "en")
    return list((dict(once) | known).items())


def _choices(customer: UUID) -> list[choices.Choice]:
    return choices.of_customer(customer, language=get_language() or "en", at=timezone.now())


def _person(request: HttpRequest, customer: UUID) -> customers.Person:
    """Raises Http404 and policy.Refused."""
    found = customers.person(customer)
    if found is None:
        raise Http404
    asking.require_within(asking.reach(request), found.responsible)
    return found
