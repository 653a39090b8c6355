from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.forms.place_details import Change
from tryggve.domains.backups.forms.place_questions import COUNTRIES
from tryggve.domains.backups.selectors import shown_places
from tryggve.domains.backups.services import places
from tryggve.domains.backups.words import overview as words
from tryggve.lib.errors import Refusal


@permission("backups.view")
@require_GET
def show(request: HttpRequest, place: UUID) -> HttpResponse:
    """How it stands, and what was found when it was tried."""
    told = words.place(shown_places.place(place, now=timezone.now()))
    country = dict(COUNTRIES).get(told.place.country, told.place.country) if told.place.country else ""
    return render(request, "backups/place.html", {"told": told, "country": country})


@permission("backups.change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, place: UUID) -> HttpResponse:
    """What it is called, and where it stands."""
    shown = shown_places.place(place, now=timezone.now())
    said = {
        "title": shown.title,
        "carried": shown.is_carried,
        "elsewhere": shown.is_elsewhere,
        "country": shown.country,
    }
    form = Change(request.POST or None, initial=said, kind=shown.kind)
    if form.is_valid():
        told = form.cleaned_data
        try:
            places.change(
                place=place,
                title=told["title"],
                is_carried=told.get("carried", False),
                is_elsewhere=told["elsewhere"],
                country=told["country"],
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("backups:place", place=place)
    return render(request, "backups/place_form.html", {"form": form, "place": shown})


@permission("backups.change")
@require_POST
def try_again(request: HttpRequest, place: UUID) -> HttpResponse:
    """Write there, read it back, and see what could be deleted."""
    if places.try_again(place=place, actor=actor_of(request), at=timezone.now()):
        messages.success(request, _("It was tried, and is in order."))
    else:
        messages.warning(request, _("It was tried, and isn't in order. What was found stands below."))
    return redirect("backups:place", place=place)


@permission("backups.remove-place")
@require_POST
def remove(request: HttpRequest, place: UUID) -> HttpResponse:
    left = places.remove(place=place, actor=actor_of(request), at=timezone.now())
    messages.success(
        request,
        _(
            "No more copies go there. Data that lies there stays, and you can take the place back for 30 days."
        ),
    )
    if left is places.Left.THE_LAST:
        messages.warning(
            request,
            _(
                "The copies of the keys there stay for now: no other place has the newest. Tryggve deletes them in the "
                "night after another place does."
            ),
        )
    elif left is places.Left.NOT_REACHED:
        messages.warning(
            request,
            _(
                "The copies of the keys there could not be deleted, so who was erased may still be read with them. "
                "Tryggve tries again every night. Once the disk is destroyed, say so: "
                "./tryggve backup places destroyed %(place)s"
            )
            % {"place": place},
        )
    return redirect("backups:overview")


@permission("backups.change")
@require_POST
def restore(request: HttpRequest, place: UUID) -> HttpResponse:
    places.restore(place=place, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Copies go there again."))
    return redirect("backups:place", place=place)
