from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.setup.forms import keys as keys_forms
from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.services import keys as keys_services
from tryggve.lib.errors import Refusal
from tryggve.vault.keeper_socket.client import RefusedByKeeper


@permission("setup.view-keys")
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Whether the register is open, what opens it, and what can be done about that."""
    standing = keys_selectors.standing()
    ways_to_add = () if standing.is_locked else keys_selectors.ways_to_add()
    return render(request, "setup/keys.html", {"standing": standing, "ways_to_add": ways_to_add})


@permission("setup.lock")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    keys_services.lock(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The register is locked. Nobody can read a customer until it is opened."))
    return redirect("setup:keys")


@permission("setup.keys")
@require_POST
def rotate(request: HttpRequest) -> HttpResponse:
    keys_services.rotate(actor=actor_of(request), at=timezone.now())
    messages.success(
        request,
        _(
            "The key is replaced. Make a new copy of the key file. After a theft, make a new passphrase and a new "
            "recovery kit now as well."
        ),
    )
    return redirect("setup:keys")


@permission("setup.keys")
@require_POST
def key_file(request: HttpRequest) -> HttpResponse:
    """A new key file, in place of one that is lost or known to others, or of none."""
    keys_services.renew_key_file(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("There is a new key file. Make a copy of it today, apart from the data."))
    return redirect("setup:keys")


@permission("setup.keys")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passphrase(request: StaffRequest) -> HttpResponse:
    """Choose a passphrase, or another one."""
    form = keys_forms.NewPassphrase(request.POST or None, chosen_by=request.user)
    if form.is_valid():
        try:
            keys_services.set_passphrase(
                passphrase=form.cleaned_data["passphrase"], actor=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("From now on the passphrase opens the register, too."))
            return redirect("setup:keys")
    return render(
        request, "setup/keys_passphrase.html", {"form": form, "standing": keys_selectors.standing()}
    )


@permission("setup.keys")
@require_POST
def os_keyring(request: HttpRequest) -> HttpResponse:
    """The keyring of the computer's desktop; a fresh secret in it, where it opens the register already."""
    try:
        keys_services.add_os_keyring(actor=actor_of(request), at=timezone.now())
    except RefusedByKeeper as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("From now on the computer's keyring opens the register, too."))
    return redirect("setup:keys")


@permission("setup.keys")
@require_POST
def systemd_credential(request: HttpRequest) -> HttpResponse:
    keys_services.add_systemd_credential(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("From now on the key from the system opens the register."))
    return redirect("setup:keys")


@permission("setup.keys")
@require_POST
def remove(request: HttpRequest, unlocker: UUID) -> HttpResponse:
    if keys_services.remove_unlocker(unlocker=unlocker, actor=actor_of(request), at=timezone.now()):
        messages.warning(
            request,
            _(
                "That opens the register no more. Its entry is still in the computer's keyring, which didn't answer: "
                "delete the entry «Tryggve» there."
            ),
        )
    else:
        messages.success(request, _("That opens the register no more."))
    return redirect("setup:keys")
