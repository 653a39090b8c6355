"""My sign-in: the second factors, the password, sessions and devices of who looks at the page."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import own_sign_in as forms
from tryggve.domains.access.selectors import own_sign_in as selectors
from tryggve.domains.access.selectors import provider, ways_in
from tryggve.domains.access.services import factors, proofs, saml_round
from tryggve.domains.access.services import own_sign_in as services


@permission("access.own-sign-in")
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """How I sign in, and where I am signed in."""
    own = selectors.own_sign_in(request.user, this=proofs.this_session(request), at=timezone.now())
    elsewhere = {
        "provider": provider.name_of_provider(),
        "has_saml": saml_round.is_on(),
        "identity": provider.identity_of(request.user),
        "asked_for": ways_in.is_asked(request.user),
    }
    return render(request, "access/own_sign_in.html", {"own": own, **elsewhere})


@permission("access.change-own-sign-in")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """Choose another password: this session stays, all others end."""
    form = forms.NewPassword(request.POST or None, user=request.user)
    if form.is_valid():
        services.change_password(
            user=request.user,
            password=form.cleaned_data["password"],
            this=proofs.this_session(request),
            at=timezone.now(),
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The new password counts from now on. Other sessions were ended."))
        return redirect("access:sign-in-mine")
    return render(request, "access/password.html", {"form": form})


@permission("access.change-own-sign-in")
@require_POST
def remove_factor(request: StaffRequest, factor: int) -> HttpResponse:
    """Take a factor away, but for the last."""
    try:
        factors.remove_factor(user=request.user, factor=factor, at=timezone.now())
    except factors.LastFactor as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed. It no longer lets anybody in."))
    return redirect("access:sign-in-mine")


@permission("access.change-own-sign-in")
@require_POST
def end_sessions(request: StaffRequest) -> HttpResponse:
    """End one session, or all but this one."""
    now = timezone.now()
    try:
        session = UUID(request.POST["session"]) if "session" in request.POST else None
    except ValueError:
        return redirect("access:sign-in-mine")
    if session is None:
        services.end_others(user=request.user, this=proofs.this_session(request), at=now)
    else:
        services.end_session(user=request.user, session=session, at=now)
    messages.success(request, _("Ended. Whoever sits there has to sign in again."))
    return redirect("access:sign-in-mine")


@permission("access.change-own-sign-in")
@require_POST
def forget_device(request: StaffRequest, device: UUID) -> HttpResponse:
    """Forget a browser; who signs in with it next gets a mail about a new device."""
    services.forget_device(user=request.user, device=device, at=timezone.now())
    messages.success(request, _("Forgotten. If somebody signs in there again, you get a mail."))
    return redirect("access:sign-in-mine")
