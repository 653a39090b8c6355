"""Places that are looked through: added, changed, taken away and taken back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.forms.mailbox import Mailbox
from tryggve.domains.datamap.forms.told import Folder, lines_of
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.source_details import Told
from tryggve.lib.errors import Refusal


@permission("datamap.add-source")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more folder, which is looked through at once."""
    form = Folder(request.POST or None)
    if form.is_valid() and _is_added(request, form, sources.add_folder, _folder(form), field="where"):
        return redirect("datamap:overview")
    return render(request, "datamap/source_form.html", {"form": form})


@permission("datamap.add-source")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def add_mailbox(request: HttpRequest) -> HttpResponse:
    """One more mailbox, which is looked through at once."""
    form = Mailbox(request.POST or None)
    if form.is_valid() and _is_added(request, form, sources.add_mailbox, _mailbox(form), field="host"):
        return redirect("datamap:overview")
    return render(request, "datamap/mailbox_form.html", {"form": form})


@permission("datamap.add-source")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, source: UUID) -> HttpResponse:
    """What it is called, what is left out, and how to get into a mailbox."""
    row = sources.known_source(source)
    before = source_details.opened(row)
    form = _form(request, before, is_watched=row.is_watched)
    if form.is_valid():
        told = _folder(form, before) if isinstance(form, Folder) else _mailbox(form, before)
        watched = form.cleaned_data["is_watched"]
        try:
            sources.change(
                source=source, told=told, is_watched=watched, actor=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Saved. It holds from the next time that the place is looked through.")
            )
            return redirect("datamap:overview")
    return render(request, "datamap/source_change.html", {"form": form, "title": before.title})


@permission("datamap.change")
@require_POST
def remove(request: HttpRequest, source: UUID) -> HttpResponse:
    sources.remove(source=source, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The place isn't looked through any more. For 30 days you can take it back."))
    return redirect("datamap:overview")


@permission("datamap.add-source")
@require_POST
def restore(request: HttpRequest, source: UUID) -> HttpResponse:
    sources.restore(source=source, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The place is looked through again."))
    return redirect("datamap:overview")


def _is_added(
    request: HttpRequest, form: Folder | Mailbox, adding: Callable[..., Any], told: Told, *, field: str
) -> bool:
    actor, at = actor_of(request), timezone.now()
    try:
        row = adding(told=told, is_watched=form.cleaned_data["is_watched"], actor=actor, at=at)
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        return False
    scans.ask_now(source=row.pk, actor=actor, at=at)
    messages.success(request, _("Tryggve begins to look through it in a moment."))
    return True


def _folder(form: Folder, before: Told | None = None) -> Told:
    said = form.cleaned_data
    return Told(
        title=said["title"],
        where=before.where if before else said["where"].rstrip("/") or "/",
        leave_out=lines_of(said["leave_out"]),
        look_at=lines_of(said["look_at"]),
    )


def _mailbox(form: Mailbox, before: Told | None = None) -> Told:
    said = form.cleaned_data
    access = form.access(before=before.mailbox["password"] if before else "")
    return Told(
        title=said["title"],
        where=f"{access['user']}, {access['host']}",
        leave_out=lines_of(said["leave_out"]),
        mailbox=access,
    )


def _form(request: HttpRequest, before: Told, *, is_watched: bool) -> Folder | Mailbox:
    """As it is now, without the password."""
    known = {
        "title": before.title,
        "is_watched": is_watched,
        "leave_out": "\n".join(before.leave_out),
        "look_at": "\n".join(before.look_at),
    }
    if before.mailbox:
        kept = {name: value for name, value in before.mailbox.items() if name != "password"}
        mailbox = Mailbox(request.POST or None, initial=known | kept)
        mailbox.keep_password()
        return mailbox
    folder = Folder(request.POST or None, initial=known)
    folder.keep_place()
    return folder
