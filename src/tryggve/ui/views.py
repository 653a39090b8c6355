from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts import services
from tryggve.accounts.models import User
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.lib.language import LANGUAGES

_ONE_YEAR = 365 * 24 * 60 * 60


@permission(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on; who is signed in meets it on other devices too."""
    response = HttpResponseRedirect(_path_within(request.POST.get("next", "")))
    chosen = request.POST.get("language")
    if chosen in LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
        if isinstance(request.user, User):
            services.set_language(user=request.user, language=chosen)
    return response


@permission(PUBLIC)
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


def _path_within(address: str) -> str:
    """The address if it is a path on this host, else the first page: nobody is sent elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
