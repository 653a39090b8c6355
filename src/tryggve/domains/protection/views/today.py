from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.protection import state_looks
from tryggve.domains.protection.forms.company_size import SizeForm
from tryggve.domains.protection.selectors.today import today_for
from tryggve.domains.protection.services import company_sizes
from tryggve.domains.protection.words import greetings, nights, trends
from tryggve.ui import today


@permission("protection.today")
@require_GET
def show_today(request: StaffRequest) -> HttpResponse:
    """What to do next, how well the company is protected, and what was done while nobody was there."""
    now, language = timezone.now(), get_language() or "en"
    told = today_for(request.user, language=language, now=now)
    standings = told.standings
    context = {
        "greeting": greetings.greeting(request.user.name, now=now),
        "now": now,
        "standings": standings,
        "line": trends.line(standings.trend) if standings else None,
        "night": nights.sentences(standings.night) if standings and standings.night is not None else None,
        "looks": state_looks.BY_NAME,
        "due": told.due,
        "cards": today.cards_for(request),
    }
    return render(request, "protection/today.html", context)


@permission("protection.change")
@require_POST
def choose_size(request: HttpRequest) -> HttpResponse:
    """Be counted by another list."""
    form = SizeForm(request.POST)
    if form.is_valid():
        company_sizes.choose_size(tier=form.chosen(), actor=actor_of(request), at=timezone.now())
        messages.success(request, _("From now on you are counted by that list."))
    else:
        messages.error(request, _("Choose one of the lists. Nothing was changed."))
    return redirect("protection:controls")
