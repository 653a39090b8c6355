from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from tryggve.domains.rights.engine.purposes import LANGUAGES, Language
from tryggve.ui.languages import OWN_NAMES

OWN_NAME = dict(OWN_NAMES)


def asked_language(request: HttpRequest) -> Language:
    """The one in the address, else the one that the page speaks. Raises Http404 for one that isn't ours."""
    return language_called(request.GET.get("language", get_language() or "en"))


def language_called(code: str) -> Language:
    """Raises Http404 for one that isn't ours."""
    for language in LANGUAGES:
        if language == code:
            return language
    raise Http404
