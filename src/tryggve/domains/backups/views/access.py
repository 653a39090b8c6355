"""What lets into a place that is in use is told anew: after a theft, or because the other side changed it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.selectors.shown_places import NoSuchPlace
from tryggve.domains.backups.services import places
from tryggve.domains.backups.views import details_typed
from tryggve.domains.backups.views.details_typed import Typed
from tryggve.lib.errors import Refusal


@permission("backups.add-place")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, place: UUID) -> HttpResponse:
    """Not of a folder: whoever can read it is let in. Raises NoSuchPlace."""
    known = selectors.one(place)
    if known.is_folder:
        raise NoSuchPlace(place)
    typed = details_typed.typed(request, known.kind, initial=_shown(known), is_known=True)
    if typed.told is not None and _is_changed(request, known, typed, typed.told):
        return redirect("backups:place", place=place)
    return render(request, "backups/place_access.html", {"typed": typed, "form": typed.form, "place": known})


def _shown(known: PlaceInUse) -> dict[str, str]:
    """Where it is, and nothing that lets in there."""
    details = known.access.details
    return {**details, "inside": details.get("prefix", "")}


def _is_changed(request: HttpRequest, known: PlaceInUse, typed: Typed, told: dict[str, str]) -> bool:
    """Not where it was refused, which the form says."""
    try:
        is_right = places.change_access(
            place=known.id, fields=told, actor=actor_of(request), at=timezone.now()
        )
    except Refusal as refusal:
        typed.form.add_error(None, str(refusal))
        return False
    if is_right:
        messages.success(
            request,
            _(
                "Saved: your backups are there. Now see to it that what let in before doesn't any more: whoever has it "
                "still gets in until it is taken back there."
            ),
        )
    else:
        messages.warning(request, _("Saved, but it isn't in order. What was found stands below."))
    return True
