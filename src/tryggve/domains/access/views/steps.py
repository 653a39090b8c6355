"""Showing the second factor: as the second step of signing in, and once more before something important."""

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest, path_within
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.accounts.policy import RULES
from tryggve.domains.access.forms import factors as forms
from tryggve.domains.access.selectors import factors as selectors
from tryggve.domains.access.services import limits, passkeys, proofs, steps
from tryggve.lib.errors import Refusal

_STAGE = AuthenticateStage.key


@permission("access.confirm")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest) -> HttpResponse:
    """Show once more who it is, then go back to what was asked for."""
    goal = path_within(request.POST.get("next") or request.GET.get("next", ""))
    if not selectors.ways_of(request.user):
        return redirect("access:second-factor")
    form = _form(request)
    factor = _used(request, form, user=request.user)
    if factor is not None:
        now = timezone.now()
        proofs.note_factor_used(request, factor)
        proofs.note_confirmed(request, request.user, at=now)
        steps.log_confirmed(user=request.user, factor=factor, at=now)
        return redirect(goal)
    why = next((rule.sentence for rule in RULES if rule.code == request.GET.get("why")), "")
    return _page(request, "access/confirm.html", form, user=request.user, next=goal, why=why)


@permission(PUBLIC)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@login_stage_required(stage=_STAGE, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: the code or the passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]  # allauth's: who is on the way in
    user: User = stage.login.user
    form = _form(request)
    factor = _used(request, form, user=user)
    if factor is not None:
        proofs.note_factor_used(request, factor)
        answer: HttpResponse = stage.exit()
        return answer
    return _page(request, "access/second_step.html", form, user=user)


@permission(PUBLIC)
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser needs to use a passkey: of who is on the way in or signed in, else of whoever comes."""
    if not passkeys.can_be_used(request) or not limits.may_ask_for_passkey(request):
        return JsonResponse({}, status=429)
    return JsonResponse(passkeys.options_to_use(steps.whoever_comes(request)))


@permission(PUBLIC)
@require_POST
def passkey_alone(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey and nothing else."""
    form = forms.Passkey(request.POST)
    try:
        if form.is_valid():
            return steps.sign_in_with_passkey(
                request, form.cleaned_data["credential"], next=request.POST.get("next", ""), at=timezone.now()
            )
        messages.error(request, str(form.errors["credential"][0]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("account_login")


def _form(request: HttpRequest) -> forms.Code | forms.Passkey | None:
    if request.method != "POST":
        return None
    return forms.Passkey(request.POST) if "credential" in request.POST else forms.Code(request.POST)


def _used(
    request: HttpRequest, form: forms.Code | forms.Passkey | None, *, user: User
) -> Authenticator | None:
    """The factor that was shown; what is wrong stands in the form."""
    if form is None or not form.is_valid():
        return None
    try:
        if isinstance(form, forms.Passkey):
            return passkeys.accept_used(request, form.cleaned_data["credential"], user=user)
        return steps.use_code(request, user=user, code=form.cleaned_data["code"], at=timezone.now())
    except Refusal as refusal:
        form.add_error(None if isinstance(form, forms.Passkey) else "code", str(refusal))
        return None


def _page(
    request: HttpRequest,
    template: str,
    form: forms.Code | forms.Passkey | None,
    *,
    user: User,
    **more: object,
) -> HttpResponse:
    kinds = {selectors.kind_of(one) for one in selectors.ways_of(user)}
    context = {
        "code_form": form if isinstance(form, forms.Code) else forms.Code(),
        "passkey_form": form if isinstance(form, forms.Passkey) else forms.Passkey(),
        "has_telephone": "totp" in kinds,
        "has_passkey": "passkey" in kinds,
        "can_use_passkeys": passkeys.can_be_used(request),
    }
    return render(request, template, {**context, **more})
