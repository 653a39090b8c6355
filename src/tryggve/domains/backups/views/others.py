"""Backups that something else makes. The address that one calls is shown in the answer to a form, and never again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.forms.told import OtherBackup
from tryggve.domains.backups.selectors import heartbeats as selectors
from tryggve.domains.backups.services import heartbeats
from tryggve.domains.backups.words import others as words
from tryggve.lib.errors import Refusal


@permission("backups.view")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """Each with when it was last heard of."""
    now = timezone.now()
    context = {
        "others": [words.told(one, now=now) for one in selectors.watched()],
        "removed": selectors.removed(at=now),
    }
    return render(request, "backups/others.html", context)


@permission("backups.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more; an address is shown at once."""
    form = OtherBackup(request.POST or None)
    if form.is_valid():
        try:
            secret = _added(request, form)
        except Refusal as refusal:
            form.add_error(None if form.calls_an_address else "path", str(refusal))
        else:
            return (
                _address(request, form.cleaned_data["title"], secret)
                if secret
                else redirect("backups:others")
            )
    return render(request, "backups/other_form.html", {"form": form})


@permission("backups.change")
@require_POST
def renew(request: HttpRequest, other: UUID) -> HttpResponse:
    """Another address in place of one that was lost or seen by somebody."""
    secret = heartbeats.renew_address(heartbeat=other, actor=actor_of(request), at=timezone.now())
    title = next((one.title for one in selectors.watched() if one.id == other), "")
    return _address(request, title, secret)


@permission("backups.change")
@require_POST
def remove(request: HttpRequest, other: UUID) -> HttpResponse:
    heartbeats.remove(heartbeat=other, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Tryggve doesn't watch it any more."))
    return redirect("backups:others")


@permission("backups.change")
@require_POST
def restore(request: HttpRequest, other: UUID) -> HttpResponse:
    heartbeats.restore(heartbeat=other, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Tryggve watches it again."))
    return redirect("backups:others")


def _added(request: HttpRequest, form: OtherBackup) -> str:
    """The secret part of the address; empty for a folder."""
    said = {name: form.cleaned_data[name] for name in ("title", "every_days")}
    if form.calls_an_address:
        return heartbeats.add_address(**said, actor=actor_of(request), at=timezone.now())[1]
    heartbeats.add_folder(**said, told=form.cleaned_data["path"], actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Tryggve looks into the folder from now on."))
    return ""


def _address(request: HttpRequest, title: str, secret: str) -> HttpResponse:
    context = {"title": title, "lines": words.lines(secret)}
    return render(request, "backups/other_address.html", context)
