from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import checkpoints as checkpoint_forms
from tryggve.domains.access.selectors import checkpoints as checkpoint_selectors
from tryggve.domains.access.services import checkpoints as checkpoint_services
from tryggve.lib.errors import Refusal


@permission("access.change-checkpoint-places")
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """Where the proof leaves to that the log is whole."""
    known = checkpoint_selectors.checkpoint_places()
    form = checkpoint_forms.Proof(request.POST or None, known=known, readers=checkpoint_selectors.readers())
    if form.is_valid():
        now = timezone.now()
        try:
            checkpoint_services.set_places(
                path=form.cleaned_data["folder"],
                mail_to=form.cleaned_data["mail_to"],
                actor=actor_of(request),
                at=now,
            )
        except Refusal as refusal:
            form.add_error("folder", str(refusal))
        else:
            checkpoint_services.leave_newest(at=now)
            messages.success(request, _("Saved."))
            return redirect("access:proof")
    return render(request, "access/proof.html", {"form": form, "places": known})
