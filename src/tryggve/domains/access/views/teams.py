from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts import teams as team_services
from tryggve.accounts.models import Team
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import people as people_forms
from tryggve.domains.access.selectors import people as selectors
from tryggve.lib.errors import Refusal


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def teams(request: StaffRequest) -> HttpResponse:
    """All teams, and a new one."""
    form = people_forms.NameTeam(request.POST or None)
    if form.is_valid():
        try:
            made = team_services.make_team(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("access:team", made.pk)
    return render(request, "access/teams.html", {"form": form, "teams": selectors.teams()})


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def team(request: StaffRequest, team: UUID) -> HttpResponse:
    """Who is in it."""
    found = _team(team)
    form = people_forms.ChooseMembers(
        request.POST if request.method == "POST" else None,
        people=selectors.may_be_members(),
        members=list(found.members.values_list("pk", flat=True)),
    )
    if form.is_valid():
        try:
            team_services.set_members(team=team, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. It counts from the next page that is opened."))
            return redirect("access:teams")
    return render(request, "access/team.html", {"form": form, "team": found})


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def rename(request: StaffRequest, team: UUID) -> HttpResponse:
    """Another name."""
    found = _team(team)
    form = people_forms.NameTeam(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            team_services.rename_team(team=team, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("access:teams")
    return render(request, "access/team_rename.html", {"form": form, "team": found})


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, team: UUID) -> HttpResponse:
    """Gone, after a yes."""
    found = _team(team)
    if request.method == "POST":
        team_services.remove_team(team=team, by=request.user, at=timezone.now())
        messages.success(request, _("The team is removed."))
        return redirect("access:teams")
    return render(request, "access/team_remove.html", {"team": found})


def _team(id: UUID) -> Team:
    found = selectors.team(id)
    if found is None:
        raise Http404
    return found
