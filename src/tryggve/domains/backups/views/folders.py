from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.forms.told import OwnFolder
from tryggve.domains.backups.selectors import folders as selectors
from tryggve.domains.backups.services import folders
from tryggve.lib.errors import Refusal


@permission("backups.view")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """Those that are backed up, and a form for one more."""
    return _page(request, OwnFolder())


@permission("backups.add-folder")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """One more, from the next copy on."""
    form = OwnFolder(request.POST)
    if form.is_valid():
        try:
            folders.add(told=form.cleaned_data["path"], actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("path", str(refusal))
        else:
            messages.success(request, _("The folder is in the next backup and those after it."))
            return redirect("backups:folders")
    return _page(request, form)


@permission("backups.change")
@require_POST
def remove(request: HttpRequest, folder: UUID) -> HttpResponse:
    folders.remove(folder=folder, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("The folder isn't backed up any more. The copies that were taken of it stay.")
    )
    return redirect("backups:folders")


@permission("backups.add-folder")
@require_POST
def restore(request: HttpRequest, folder: UUID) -> HttpResponse:
    folders.restore(folder=folder, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The folder is backed up again."))
    return redirect("backups:folders")


def _page(request: HttpRequest, form: OwnFolder) -> HttpResponse:
    gone = selectors.removed(at=timezone.now())
    context = {"folders": selectors.own(), "removed": gone, "form": form}
    return render(request, "backups/folders.html", context)
