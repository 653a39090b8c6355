"""In which words customers are asked, and the forms for paper and for the company's website."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.rights.forms.consents import Words
from tryggve.domains.rights.papers import consent_paper, paper_files
from tryggve.domains.rights.selectors import looks
from tryggve.domains.rights.selectors.consents import consent_pages
from tryggve.domains.rights.selectors.consents.consent_pages import Asked
from tryggve.domains.rights.services.consents import consent_texts as services
from tryggve.domains.rights.services.portal import portal as portal_services
from tryggve.domains.rights.views.languages import OWN_NAME, language_called
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address
from tryggve.ui.languages import OWN_NAMES


@permission("rights.view")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """What customers are asked about, and in which languages there are words for it."""
    context = {
        "asked": [(one, _languages(one)) for one in consent_pages.all_asked(get_language() or "en")],
        "shows_names": looks.shows_names(),
    }
    return render(request, "rights/consent_texts.html", context)


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, purpose: UUID, language: str) -> HttpResponse:
    """The words in one language; saved, they are a new version, and the old ones stay with what was said to them."""
    spoken, asked = language_called(language), _asked(purpose)
    text = asked.texts.get(spoken)
    known = {"text": text.text, "lasts_months": text.lasts_months} if text else None
    form = Words(request.POST or None, initial=known)
    if form.is_valid():
        try:
            services.write(
                purpose=purpose,
                language=spoken,
                **form.cleaned_data,
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("From now on customers are asked in these words."))
            return redirect("rights:consent-texts")
    context = {"form": form, "asked": asked, "text": text, "language_name": OWN_NAME[spoken]}
    return render(request, "rights/consent_text.html", context)


@permission("rights.view")
@require_GET
def website(request: HttpRequest, purpose: UUID) -> HttpResponse:
    """A piece of HTML for the company's own website: a form without any script."""
    asked = _asked(purpose)
    context = {"asked": asked, "address": consent_pages.form_address(asked.code)}
    return render(request, "rights/consent_website.html", context)


@permission("rights.view")
@require_GET
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form for strangers, about everything that there are words for."""
    context = {
        "languages": consent_pages.sign_up_pieces(),
        "address": consent_pages.sign_up_address(),
        "notice": own_address.link_to("rights:public-notice"),
    }
    return render(request, "rights/consent_sign_up.html", context)


@permission("rights.view")
@require_GET
def paper(request: HttpRequest, purpose: UUID, language: str) -> HttpResponse:
    """The words as a sheet to sign, as PDF."""
    spoken, asked = language_called(language), _asked(purpose)
    text = asked.texts.get(spoken)
    if text is None:
        raise Http404
    made = paper_files.as_file(
        consent_paper.sheet(asked, text, today=timezone.localdate(timezone.now())), "pdf"
    )
    return paper_files.answer(made)


@permission("rights.change")
@require_POST
def names(request: HttpRequest) -> HttpResponse:
    """Whether customers read the names of who looked at their data."""
    portal_services.choose(
        shows_names=request.POST.get("names") == "yes", actor=actor_of(request), at=timezone.now()
    )
    messages.success(request, _("Saved."))
    return redirect("rights:consent-texts")


def _asked(purpose: UUID) -> Asked:
    """Raises Http404 where nobody is asked."""
    found = consent_pages.all_asked(get_language() or "en")
    asked = next((one for one in found if one.purpose == purpose), None)
    if asked is None:
        raise Http404
    return asked


def _languages(asked: Asked) -> list[tuple[str, str, bool]]:
    return [(code, name, code in asked.texts) for code, name in OWN_NAMES]
