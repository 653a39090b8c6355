"""Letters to who asked, and the package that goes with them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import case_words
from tryggve.domains.rights.engine import case_letters
from tryggve.domains.rights.engine.authorities import authority_of
from tryggve.domains.rights.forms.cases import AnswerForm, ExtensionForm, Handing, LetterForm, PackageForm
from tryggve.domains.rights.papers import package_answer
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.requests import case_answers
from tryggve.domains.rights.services.requests.case_answers import Outcome
from tryggve.domains.rights.views import cases as pages
from tryggve.domains.rights.views.languages import OWN_NAME, language_called
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal


@permission("rights.requests-change")
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, case: UUID) -> HttpResponse:
    """Two months more, with the letter that says why."""
    whole, language = pages.seen_case(request, case), _language(request)
    form = ExtensionForm(request.POST or None, initial=_draft(whole, "extended", language))
    if form.is_valid():
        return _sent(
            request, whole, form, language, case_answers.extend, told=_("There are two months more.")
        )
    context = {"whole": whole, "form": form, "is_extension": True}
    return render(request, "rights/case_write.html", context | _about(language))


@permission("rights.requests-change")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, case: UUID) -> HttpResponse:
    """A letter to the customer, which may be the answer."""
    whole, language = pages.seen_case(request, case), _language(request)
    occasion = request.GET.get("as", "done")
    initial = _draft(whole, {"goes-on": "question"}.get(occasion, occasion), language)
    form = AnswerForm(request.POST or None, initial={**initial, "outcome": occasion})
    if form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        return _sent(
            request, whole, form, language, case_answers.answer, told=_("It is written."), outcome=outcome
        )
    context = {"whole": whole, "form": form, "occasion": occasion, "outcomes": case_words.OUTCOMES.items()}
    return render(request, "rights/case_write.html", context | _about(language))


@permission("rights.requests")
@require_GET
def letter(request: HttpRequest, case: UUID, step: UUID) -> HttpResponse:
    """A letter that was written, to be read or printed."""
    whole = pages.seen_case(request, case)
    found = next((one for one in whole.steps if one.id == step and one.letter), None)
    if found is None:
        raise Http404
    return render(request, "rights/case_letter.html", {"whole": whole, "step": found})


@permission("rights.package")
@require_http_methods(["GET", "POST"])
def package(request: HttpRequest, case: UUID) -> HttpResponse:
    """Have the package made."""
    whole = pages.seen_case(request, case)
    is_elsewhere = whole.is_about_portability
    papers = (
        [(str(one), name) for one, name, _at in customers.papers_of(whole.person.id)]
        if is_elsewhere
        else None
    )
    initial = {"revision": whole.case.revision, "language": setup.firm_language()}
    form = PackageForm(request.POST or None, initial=initial, documents=papers)
    if form.is_valid():
        told = form.cleaned_data
        chosen = [UUID(one) for one in told.get("documents", [])] if is_elsewhere else None
        return pages.done(
            request, case, _("The package is being made. You can leave this page."), packages.order_package,
            seen_revision=told["revision"], language=told["language"], documents=chosen,
        )  # fmt: skip
    return render(request, "rights/case_package.html", {"whole": whole, "form": form})


@permission("rights.package")
@require_POST
def package_file(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """The package itself, with the reason for the log."""
    form = Handing(request.POST)
    if not form.is_valid():
        return pages.page(request, case, handing=form)
    try:
        made, pieces = packages.hand_out(case=case, reason=form.cleaned_data["reason"], **who_asks(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("rights:case", case=case)
    return package_answer.as_file(made, pieces)


def _language(request: HttpRequest) -> str:
    """That of the letter: what was chosen, else the company's. Raises Http404 for one that isn't ours."""
    return language_called(request.GET.get("language", setup.firm_language()))


def _about(language: str) -> dict[str, Any]:
    return {"language": language, "languages": OWN_NAME.items()}


def _draft(whole: selectors.WholeCase, occasion: str, language: str) -> dict[str, Any]:
    row = whole.case
    due = case_answers.extended_due(row) if occasion == "extended" else row.due_on
    facts: dict[str, str | date | None] = {
        "firm": setup.firm_name(),
        "name": whole.person.name,
        "received": row.received_on,
        "due": due,
        "erased": selectors.erased_on(whole.person.id),
        "authority": authority_of(setup.firm_country()).contact,
    }
    made = case_letters.draft(occasion, language=language, kind=row.kind, facts=facts)
    way = "mail" if whole.person.emails else "paper"
    return {"revision": row.revision, "subject": made.subject, "text": made.text, "way": way}


def _sent(
    request: HttpRequest,
    whole: selectors.WholeCase,
    form: LetterForm,
    language: str,
    deed: Any,
    *,
    told: str,
    **facts: Any,
) -> HttpResponse:
    """Write it and show the case, or the form with what is wrong: nothing that was typed is lost."""
    try:
        deed(
            case=whole.case.pk,
            seen_revision=form.cleaned_data["revision"],
            written=form.written(language),
            reason=form.cleaned_data["reason"],
            **who_asks(request),
            **facts,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        # The person has been told: writing the same again is meant.
        form.data = {**form.data.dict(), "revision": whole.case.revision}  # type: ignore[attr-defined]  # a QueryDict
        context = {"whole": whole, "form": form, "is_extension": isinstance(form, ExtensionForm)}
        return render(request, "rights/case_write.html", context | _about(language))
    messages.success(request, told)
    return redirect("rights:case", case=whole.case.pk)
