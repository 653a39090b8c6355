"""The notice as everybody reads it: no sign-in, no cookie, the same bytes for all who ask for a language."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.rights.engine.purposes import LANGUAGES, Language
from tryggve.domains.rights.selectors.purposes import notices
from tryggve.domains.rights.selectors.purposes.notices import NoSuchNotice
from tryggve.domains.rights.views.languages import OWN_NAME, language_called
from tryggve.domains.setup import api as setup

# A change is read by everybody within that time.
_CACHED = "public, max-age=300"


@permission(PUBLIC)
@require_safe
def chosen(request: HttpRequest) -> HttpResponse:
    """In the language that the browser asks for, else in English, else in what there is."""
    published = notices.languages_published()
    wanted: list[Language] = [*_asked(request), "en"]
    languages = [one for one in wanted if one in published] or published or wanted
    answer = _page(request, languages[0], published)
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@permission(PUBLIC)
@require_safe
def in_language(request: HttpRequest, language: str) -> HttpResponse:
    return _page(request, language_called(language), notices.languages_published())


def _page(request: HttpRequest, language: Language, published: Sequence[Language]) -> HttpResponse:
    with translation.override(language):
        context: dict[str, object] = {
            "languages": [(one, OWN_NAME[one]) for one in published],
            "present": language,
        }
        try:
            paper = notices.current_notice(language).paper
        except NoSuchNotice:
            context["firm_name"] = setup.firm_name()
            return render(request, "rights/public_nothing.html", context, status=HTTPStatus.NOT_FOUND)
        answer = render(request, "rights/public_notice.html", {**context, "paper": paper})
    answer.headers["Cache-Control"] = _CACHED
    answer.headers["Content-Language"] = language
    return answer


def _asked(request: HttpRequest) -> list[Language]:
    """The languages of ours that the browser reads, the best first."""
    header = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = [code.partition("-")[0] for code, _weight in header]
    return [language for code in wanted for language in LANGUAGES if language == code]
