"""Signing in by SAML: the way there, the service's form, and the way on with our own cookies."""

from urllib.parse import urlencode

from allauth.socialaccount.helpers import complete_social_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.access.services import arrivals, limits, saml_round
from tryggve.domains.access.services.provider_round import LINK, SIGN_IN
from tryggve.lib.errors import Refusal
from tryggve.ui import errors


@permission(PUBLIC)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Off to the service, to sign in with it."""
    if isinstance(request.user, User):
        return redirect("/")
    return _leave(request, process=SIGN_IN, next=request.POST.get("next", ""))


@permission("access.change-own-sign-in")
@require_POST
def link(request: StaffRequest) -> HttpResponse:
    """Off to the service, to link it to one's own account."""
    return _leave(request, process=LINK, next=reverse("access:sign-in-mine"))


@permission(PUBLIC)
@csrf_exempt  # the form stands on the service's page; what it holds is signed, and counts only with our own cookies
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """The service's answer, brought by a form."""
    if not limits.may_go_to_provider(request):
        return errors.too_many_requests(request)
    try:
        ticket = saml_round.receive(request.POST.get("SAMLResponse", ""))
    except Refusal as refusal:
        return _refused(request, refusal)
    return redirect(f"{reverse('access:saml-arrived')}?{urlencode({'ticket': ticket})}")


@permission(PUBLIC)
@require_GET
def arrived(request: HttpRequest) -> HttpResponse:
    """The same browser, with its cookies."""
    try:
        who = saml_round.complete(request, request.GET.get("ticket", ""))
    except Refusal as refusal:
        return _refused(request, refusal)
    answer: HttpResponse = complete_social_login(request, arrivals.saml_login_of(who))
    return answer


def _leave(request: HttpRequest, *, process: str, next: str) -> HttpResponse:
    if not limits.may_go_to_provider(request):
        return errors.too_many_requests(request)
    try:
        address = saml_round.begin(request, process=process, next=next)
    except Refusal as refusal:
        return _refused(request, refusal)
    answer = render(request, "access/provider_leave.html", {"address": address, "name": "SAML"})
    answer.headers["Refresh"] = f"0; url={address}"
    return answer


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    arrivals.log_refused(request, refusal, at=timezone.now())
    return render(request, "access/provider_refused.html", {"refusal": refusal}, status=403)
