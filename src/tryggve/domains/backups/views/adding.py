"""A place is added: one question a page, then its details, with which it is tried and kept at once.

The answers to the questions are codes and travel in the address; what lets into the place is in one form alone.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.forms import place_questions as asked
from tryggve.domains.backups.forms.place_details import Details
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places.refusals import OthersThere
from tryggve.domains.backups.views import details_typed
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal

_QUESTIONS = ("kind", "carried", "elsewhere", "country", "holds")
_MOST_QUESTIONS = 3


@permission("backups.change")
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The first question that has no answer yet; with all of them, on to the details."""
    open_question = next((one for one in _questions(request.GET) if not one.is_valid()), None)
    said = {name: request.GET[name] for name in _QUESTIONS if name in request.GET}
    if open_question is None:
        return redirect(f"{reverse('backups:place-details')}?{urlencode(said)}")
    before = {name: value for name, value in said.items() if name not in open_question.fields}
    return render(request, "backups/place_question.html", {"form": open_question, "before": before.items()})


def _questions(said: QueryDict) -> list[forms.Form]:
    """In their order, those answered bound; each only where the one before is answered."""
    kind = asked.Kind(_said("kind", said))
    if not kind.is_valid():
        return [kind]
    stands = asked.Stands(
        _said("elsewhere", said), kind=kind.cleaned_data["kind"], initial={"country": setup.firm_country()}
    )
    if not stands.is_valid():
        return [kind, stands]
    is_carried = stands.cleaned_data.get("carried") == "yes"
    return [kind, stands, asked.Holds(_said("holds", said), is_carried=is_carried)]


def _said(name: str, said: QueryDict) -> QueryDict | None:
    """Nothing while that wasn't answered, so that an open question isn't a wrong answer."""
    return said if name in said else None


@permission("backups.add-place")
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Where it is and what lets in there; it is tried with that, and kept if it can be used."""
    said = _answers(request.GET)
    if said is None:
        return redirect("backups:place-add")
    typed = details_typed.typed(request, said["kind"])
    if typed.told is not None and (made := _added(request, said, typed.form, typed.told)) is not None:
        return made
    context = {"typed": typed, "form": typed.form, "kind": asked.NAMES[said["kind"]]}
    return render(request, "backups/place_details.html", context)


def _added(
    request: HttpRequest, said: dict[str, str], form: Details, told: dict[str, str]
) -> HttpResponse | None:
    """On to the new place; None where it was refused, which the form says."""
    wanted = places.Wanted(
        title=form.cleaned_data["title"],
        kind=said["kind"],
        holds_data=said["holds"] in {"both", "data"},
        holds_keys=said["holds"] in {"both", "keys"},
        is_carried=said["carried"] == "yes",
        is_elsewhere=said["elsewhere"] == "yes",
        country=said["country"],
        password=form.cleaned_data.get("old_password", ""),
    )
    try:
        added = places.add(wanted=wanted, fields=told, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        if isinstance(refusal, OthersThere):
            form.ask_for_old_password()
        form.add_error(None, str(refusal))
        return None
    messages.success(
        request, _("The place was tried, and works. The first copy goes there with the next backup.")
    )
    return redirect("backups:place", place=added.id)


def _answers(given: QueryDict) -> dict[str, str] | None:
    """To all the questions, as codes; None while one is open."""
    questions = _questions(given)
    if len(questions) < _MOST_QUESTIONS or not all(one.is_valid() for one in questions):
        return None
    told = dict.fromkeys(_QUESTIONS, "")
    for one in questions:
        told |= one.cleaned_data
    return told
