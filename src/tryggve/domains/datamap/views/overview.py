from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap.forms.chosen import Goal
from tryggve.domains.datamap.selectors import overview as selectors
from tryggve.domains.datamap.selectors import trend
from tryggve.domains.datamap.services import goals
from tryggve.domains.datamap.words import overview as words
from tryggve.ui import fragments


@permission("datamap.view")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Where personal data lies; while a place is looked through, how far that is."""
    told = words.told(selectors.the_map(at=timezone.now()), at=timezone.now())
    fragment = fragments.is_wanted(request)
    response = render(request, f"datamap/{'_under_way' if fragment else 'overview'}.html", {"told": told})
    if fragment and not told.under_way:
        response["HX-Refresh"] = "true"
    return response


@permission("datamap.change")
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest) -> HttpResponse:
    """In how few places personal data may lie."""
    before = trend.goal()
    form = Goal(request.POST or None, initial={"places": before.places} if before else None)
    if form.is_valid():
        goals.set_goal(places=form.cleaned_data["places"], actor=actor_of(request), at=timezone.now())
        messages.success(request, _("That is your goal now. You can change it at any time."))
        return redirect("datamap:overview")
    return render(request, "datamap/goal.html", {"form": form})
