from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.rights.papers import paper_files
from tryggve.domains.rights.selectors.purposes import notices as selectors
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.notices import Published
from tryggve.domains.rights.services.purposes import notices as services
from tryggve.domains.rights.views import missing
from tryggve.domains.rights.views.languages import OWN_NAME, language_called
from tryggve.ui import own_address

_FORMS = ("pdf", "docx", "html")


@permission("rights.view")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """How the notice stands in each language, and where everybody reads it."""
    kept = purposes.purposes_in_use()
    standings = selectors.all_standings(today=timezone.localdate(timezone.now()), kept=kept)
    context = {
        "standings": [(OWN_NAME[one.language], one) for one in standings],
        "has_purposes": bool(kept),
        "address": own_address.link_to("rights:public-notice"),
        "is_reached": own_address.is_reached(),
    }
    return render(request, "rights/notices.html", context)


@permission("rights.view")
@require_GET
def show(request: HttpRequest, language: str) -> HttpResponse:
    """One language: what has changed, what would be published now, and what was."""
    wanted, kept = language_called(language), purposes.purposes_in_use()
    standing = selectors.standing(wanted, today=timezone.localdate(timezone.now()), kept=kept)
    versions = selectors.versions(wanted)
    names = selectors.names_of({one.published_by for one in versions})
    public = own_address.link_to("rights:public-notice-in", wanted)
    context = {
        "standing": standing,
        "language_name": OWN_NAME[wanted],
        "missing": missing.told(standing.missing, kept, wanted),
        "versions": [(one, names.get(one.published_by, "")) for one in versions],
        "address": public,
    }
    return render(request, "rights/notice.html", context)


@permission("rights.change")
@require_POST
def publish(request: HttpRequest, language: str) -> HttpResponse:
    wanted = language_called(language)
    number = services.publish(language=wanted, actor=actor_of(request), at=timezone.now())
    if number is None:
        messages.info(request, _("The published notice says the same already. Nothing was changed."))
    else:
        messages.success(request, _("Published. Everybody can read it now."))
    return redirect("rights:notice", language=wanted)


@permission("rights.view")
@require_GET
def version(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """One version as it was published."""
    found = _one(language, number)
    names = selectors.names_of({found.published_by})
    context = {
        "version": found,
        "paper": found.paper,
        "by": names.get(found.published_by, ""),
        "language_name": OWN_NAME[found.language],
    }
    return render(request, "rights/notice_version.html", context)


@permission("rights.view")
@require_GET
def file(request: HttpRequest, language: str, number: int, form: str) -> HttpResponse:
    """The same to download."""
    if form not in _FORMS:
        raise Http404
    return paper_files.answer(paper_files.as_file(_one(language, number).paper, form))


def _one(language: str, number: int) -> Published:
    return selectors.one_version(language_called(language), number)
