"""Setting up second factors, and the recovery codes that come with the first."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts import sign_ins
from tryggve.accounts.pages import StaffRequest, path_within
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.access import pictures
from tryggve.domains.access.forms import factors as forms
from tryggve.domains.access.selectors import factors as selectors
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.services import passkeys, proofs, setting_up
from tryggve.lib.errors import Refusal

_THEN = "access.then"


@permission("access.set-up-factor")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_factor(request: StaffRequest) -> HttpResponse:
    """Where a second factor is set up: a telephone's codes here, a passkey with the form beside it."""
    if (first := _something_first(request)) is not None:
        return first
    if "next" in request.GET:
        request.session[_THEN] = path_within(request.GET["next"])
    form = forms.Code(request.POST or None)
    if form.is_valid():
        try:
            made = services.add_totp(
                user=request.user,
                secret=setting_up.secret_of(request.session),
                code=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except services.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            setting_up.forget_secret(request.session)
            return _go_on(request, made)
    return _page(request, code=form)


@permission("access.set-up-factor")
@require_POST
def passkey_options(request: StaffRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    if _something_first(request) is not None or not passkeys.can_be_used(request):
        return JsonResponse({}, status=409)
    return JsonResponse(passkeys.options_to_make(request.user))


@permission("access.set-up-factor")
@require_POST
def passkey(request: StaffRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    if (first := _something_first(request)) is not None:
        return first
    form = forms.NewPasskey(request.POST)
    if form.is_valid():
        credential = form.cleaned_data["credential"]
        try:
            passkeys.accept_new(request, credential)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            made = services.add_passkey(
                user=request.user, name=form.cleaned_data["name"], credential=credential, at=timezone.now()
            )
            return _go_on(request, made)
    return _page(request, passkey=form)


@permission("access.set-up-factor")
@require_http_methods(["GET", "POST"])
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """The codes, shown once: made with the first factor, or on demand by who has just shown who it is."""
    now = timezone.now()
    proven = setting_up.proven_in(request.session, user=request.user)
    if proven is None:
        asking.require(asking.of_request(request, "access.change-own-sign-in", at=now))
    if "kept" in request.POST and selectors.standing_of(request.user).codes_left:
        services.note_codes_kept(user=request.user, at=now)
        return _leave(request, proven)
    codes = services.make_recovery_codes(user=request.user, at=now) if request.method == "POST" else []
    shown = [pictures.in_groups(code) for code in codes]
    return render(request, "access/recovery_codes.html", {"codes": shown, "is_first": proven is not None})


def _something_first(request: StaffRequest) -> HttpResponse | None:
    """Who has a factor uses it before another is added, and keeps the recovery codes before all else.

    Else whoever knows a password could add a factor of their own. Raises Refused where a fresh proof is asked for.
    """
    if setting_up.proven_in(request.session, user=request.user) is not None:
        return redirect("access:recovery-codes")
    if not selectors.ways_of(request.user):
        return None
    now = timezone.now()
    if asking.factor_age(request, request.user, at=now) is None:
        return redirect(f"{reverse(settings.STEP_UP_URL)}?{urlencode({'next': request.path})}")
    asking.require(asking.of_request(request, "access.change-own-sign-in", at=now))
    return None


def _go_on(request: StaffRequest, made: Authenticator) -> HttpResponse:
    """After the first factor the recovery codes; others are told of on the page that lists them."""
    if selectors.standing_of(request.user).are_codes_kept:
        messages.success(request, _("Set up. You can sign in with it from now on."))
        return redirect(request.session.pop(_THEN, None) or "access:sign-in-mine")
    setting_up.note_proven(request.session, made)
    return redirect("access:recovery-codes")


def _leave(request: StaffRequest, proven: Authenticator | None) -> HttpResponse:
    if proven is None:
        messages.success(request, _("Only the new recovery codes count from now on."))
        return redirect("access:sign-in-mine")
    now = timezone.now()
    setting_up.forget_proven(request.session)
    proofs.note_factor_used(request, proven)
    proofs.note_confirmed(request, request.user, at=now)
    # A session begun elsewhere with the password alone must not live on beside a second factor.
    sign_ins.end_all(user=request.user, at=now, but=proofs.this_session(request))
    return redirect(request.session.pop(_THEN, None) or "setup:home")


def _page(
    request: StaffRequest, *, code: forms.Code | None = None, passkey: forms.NewPasskey | None = None
) -> HttpResponse:
    secret = setting_up.secret_of(request.session)
    firm = getattr(request, "firm", None)
    ways = selectors.ways_of(request.user)
    address = setting_up.address_of(secret, user=request.user, firm=firm.name if firm else "Tryggve")
    context = {
        "code_form": code or forms.Code(),
        "passkey_form": passkey or forms.NewPasskey(),
        "picture": pictures.square_of(address),
        "secret": pictures.in_groups(secret),
        "can_use_passkeys": passkeys.can_be_used(request),
        "is_first": not ways,
        "has_telephone": any(one.type == selectors.Type.TOTP for one in ways),
    }
    return render(request, "access/second_factor.html", context)
