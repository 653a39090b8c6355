"""Signing in with Microsoft, Google or another service, and the firm's settings for it."""

from allauth.socialaccount.helpers import complete_social_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.access.forms import provider as forms
from tryggve.domains.access.selectors import provider as selectors
from tryggve.domains.access.services import arrivals, identities, limits, provider_round
from tryggve.domains.access.services import provider as services
from tryggve.domains.access.words.provider import SENTENCES
from tryggve.lib.errors import Refusal
from tryggve.ui import errors, own_address


@permission("access.change-provider")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def provider(request: StaffRequest) -> HttpResponse:
    """Whose sign-in people may come with."""
    known = selectors.the_provider()
    form = forms.ProviderSettings(request.POST or None, known=known)
    if form.is_valid():
        try:
            services.set_provider(**form.details(), actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Press «Test it» to see whether the service answers."))
            return redirect("access:provider")
    return _settings(request, form)


@permission("access.change-provider")
@require_POST
def try_it(request: StaffRequest) -> HttpResponse:
    """Ask the service what it says of itself, and tell what is wrong."""
    known = selectors.the_provider()
    if known is None:
        return redirect("access:provider")
    trouble = services.try_provider(issuer=known.issuer, actor=actor_of(request), at=timezone.now())
    form = forms.ProviderSettings(known=known)
    return _settings(request, form, tested=True, trouble=SENTENCES[trouble] if trouble else "")


@permission("access.change-provider")
@require_POST
def remove(request: StaffRequest) -> HttpResponse:
    """Everybody signs in with what they have here."""
    services.remove_provider(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Removed. From now on nobody comes in with it."))
    return redirect("access:provider")


@permission(PUBLIC)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Off to the service, to sign in with it."""
    if isinstance(request.user, User):
        return redirect("/")
    return _leave(request, process=provider_round.SIGN_IN, next=request.POST.get("next", ""))


@permission("access.change-own-sign-in")
@require_POST
def link(request: StaffRequest) -> HttpResponse:
    """Off to the service, to link it to one's own account."""
    return _leave(request, process=provider_round.LINK, next=reverse("access:sign-in-mine"))


@permission("access.change-own-sign-in")
@require_POST
def unlink(request: StaffRequest) -> HttpResponse:
    identities.unlink(user=request.user, at=timezone.now())
    messages.success(request, _("Removed. It no longer lets anybody in."))
    return redirect("access:sign-in-mine")


@permission(PUBLIC)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the service; what is proven goes on through allauth to its adapter."""
    now = timezone.now()
    try:
        returned = provider_round.complete(request, at=now)
    except Refusal as refusal:
        arrivals.log_refused(request, refusal, at=now)
        return _refused(request, refusal)
    answer: HttpResponse = complete_social_login(request, arrivals.login_of(request, returned))
    return answer


def _leave(request: HttpRequest, *, process: str, next: str) -> HttpResponse:
    if not limits.may_go_to_provider(request):
        return errors.too_many_requests(request)
    try:
        address = provider_round.begin(request, process=process, next=next)
    except Refusal as refusal:
        return _refused(request, refusal)
    context = {"address": address, "name": selectors.name_of_provider()}
    answer = render(request, "access/provider_leave.html", context)
    # Not a redirect: our pages may send forms nowhere else (form-action), and browsers hold redirects to that.
    answer.headers["Refresh"] = f"0; url={address}"
    return answer


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "access/provider_refused.html", {"refusal": refusal}, status=403)


def _settings(request: HttpRequest, form: forms.ProviderSettings, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "known": selectors.the_provider(),
        "return_address": own_address.link_to(provider_round.RETURN_TO),
    }
    return render(request, "access/provider.html", {**context, **more})
