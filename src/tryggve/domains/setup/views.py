from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.setup import forms, selectors, services
from tryggve.ui import menu


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
    return redirect("setup:home")


@permission("setup.home")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page that this person may open."""
    return redirect(menu.first_for(request.user))


def _likely_country() -> str:
    return "DK" if translation.get_language() == "da" else "SE"
