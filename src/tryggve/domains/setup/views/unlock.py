from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of, path_within
from tryggve.accounts.permissions import permission
from tryggve.domains.setup.forms import keys as keys_forms
from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.services import keys as keys_services
from tryggve.lib.errors import Refusal


@permission("setup.unlock")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the register for everybody: with the passphrase, or with two pages of the recovery kit."""
    goal = path_within(request.POST.get("next") or request.GET.get("next", ""))
    chosen = request.POST.get("way", "")
    passphrase = keys_forms.Passphrase(request.POST if chosen == "passphrase" else None)
    shares = keys_forms.Shares(request.POST if chosen == "kit" else None)
    if passphrase.is_valid() and _opened_by_passphrase(request, passphrase):
        messages.success(request, _("The register is open."))
        return redirect(goal)
    if shares.is_valid() and _opened_by_kit(request, shares):
        return _after_kit(request, goal)
    context = {
        "goal": goal,
        "passphrase": passphrase,
        "shares": shares,
        "standing": keys_selectors.standing(),
    }
    return render(request, "setup/unlock.html", context)


def _opened_by_passphrase(request: HttpRequest, form: keys_forms.Passphrase) -> bool:
    try:
        keys_services.unlock_with_passphrase(
            passphrase=form.cleaned_data["passphrase"], actor=actor_of(request), at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _opened_by_kit(request: HttpRequest, form: keys_forms.Shares) -> bool:
    try:
        keys_services.unlock_with_kit(shares=form.typed(), actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _after_kit(request: HttpRequest, goal: str) -> HttpResponse:
    """Whoever needed the kit for want of the key file is offered a new one at once."""
    if keys_selectors.standing().is_key_file_gone:
        messages.success(request, _("The register is open. Now make a new key file, so that it stays so."))
        return redirect("setup:keys")
    messages.success(request, _("The register is open."))
    return redirect(goal)
