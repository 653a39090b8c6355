from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest, path_within
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.setup.forms import claim as forms
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.selectors import first_start
from tryggve.domains.setup.services import firm as services
from tryggve.lib.language import LANGUAGES
from tryggve.ui import menu

_ONE_YEAR = 365 * 24 * 60 * 60


@permission(PUBLIC)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the owner's link: name the firm, choose a password. Only the button uses the link up."""
    if not selectors.is_valid_owner_link(token):
        return render(request, "setup/link_used.html", status=404)
    form = forms.Claim(request.POST or None, initial={"country": _likely_country()})
    if not form.is_valid():
        return render(request, "setup/start.html", {"form": form})
    owner = services.claim_firm(
        token=token, language=translation.get_language() or "en", at=timezone.now(), **form.details()
    )
    get_adapter().login(request, owner)
    return redirect("setup:welcome")


@permission("setup.home")
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """The first page that this person may open, or the first steps of who is new."""
    if not first_start.is_welcomed(request.user):
        return redirect("setup:welcome")
    return redirect(menu.first_for(request.user))


@permission(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on; who is signed in meets it on other devices too."""
    response = HttpResponseRedirect(path_within(request.POST.get("next", "")))
    chosen = request.POST.get("language")
    if chosen in LANGUAGES:
        keep_language(request, response, chosen)
        if isinstance(request.user, User):
            accounts.set_language(user=request.user, language=chosen)
    return response


def keep_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """Let this browser ask for that language also where nobody has signed in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.COOKIES_ARE_SECURE or request.is_secure(),
    )


@permission(PUBLIC)
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


def _likely_country() -> str:
    return "DK" if translation.get_language() == "da" else "SE"
