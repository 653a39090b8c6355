from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.rights.forms.purpose import PurposeForm
from tryggve.domains.rights.forms.receivers import LIST, known_names, receivers_of, rows
from tryggve.domains.rights.purpose_words import lines_of
from tryggve.domains.rights.selectors.purposes import notices
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.services.purposes import purposes as services
from tryggve.domains.rights.views import missing
from tryggve.domains.rights.views.languages import OWN_NAME, asked_language
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal


@permission("rights.view")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """What the company uses personal data for, what is missing, and which notices say something else."""
    language = asked_language(request)
    kept, now = selectors.purposes_in_use(), timezone.now()
    standings = notices.all_standings(today=timezone.localdate(now), kept=kept)
    of_language = next((one.missing for one in standings if one.language == language), ())
    # The page of each notice tells which words must be translated; not every company publishes in every language.
    gaps = [gap for gap in of_language if gap.field != "words"]
    context = {
        "purposes": [lines_of(one, language) for one in kept],
        "ended": [lines_of(one, language) for one in selectors.ended_purposes()],
        "missing": missing.told(gaps, kept, language) if kept else [],
        "out_of_date": [OWN_NAME[one.language] for one in standings if one.is_out_of_date],
        "unpublished": bool(kept) and not any(one.published for one in standings),
    }
    return render(request, "rights/purposes.html", context)


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, purpose: UUID) -> HttpResponse:
    return _form(request, selectors.one_purpose(purpose))


def _form(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    language, data = asked_language(request), request.POST or None
    known = kept.told_in(language) if kept else None
    form = PurposeForm(data, language=language, country=setup.firm_country(), known=known)
    if kept:
        form.initial["revision"] = kept.revision
    receivers = rows(data, known.facts.recipients if known else (), language=language)
    if form.is_valid() and receivers.is_valid():
        facts = form.facts(recipients=receivers_of(receivers))
        by: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
        try:
            if kept is None:
                services.add_purpose(facts=facts, words=form.words(), language=language, **by)
            else:
                services.change_purpose(
                    purpose=kept.id,
                    revision=form.cleaned_data["revision"] or 0,
                    facts=facts,
                    words=form.words(),
                    language=language,
                    means_the_same=form.is_still_the_same(),
                    **by,
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("rights:purposes")
    context = {
        "form": form,
        "receivers": receivers,
        "list": LIST,
        "known_names": known_names(language),
        "kept": kept,
        "language": language,
        "languages": OWN_NAME.items(),
        "is_unwritten": bool(kept and language not in kept.words),
    }
    return render(request, "rights/purpose.html", context)


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, purpose: UUID) -> HttpResponse:
    kept = selectors.one_purpose(purpose)
    if request.method == "POST":
        services.end_purpose(purpose=purpose, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("The purpose has ended. You can take it up again."))
        return redirect("rights:purposes")
    told = lines_of(kept, asked_language(request))
    return render(request, "rights/purpose_end.html", {"purpose": told})


@permission("rights.change")
@require_POST
def again(request: HttpRequest, purpose: UUID) -> HttpResponse:
    """Take up one that has ended."""
    services.take_up_again(purpose=purpose, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The purpose is in use again, at the end of the list."))
    return redirect("rights:purposes")


@permission("rights.change")
@require_POST
def move(request: HttpRequest, purpose: UUID) -> HttpResponse:
    """One place up or down."""
    is_up = request.POST.get("where") == "up"
    services.move_purpose(purpose=purpose, is_up=is_up, actor=actor_of(request), at=timezone.now())
    return redirect("rights:purposes")
