"""Another computer that backs up its own folders: the program for it, and the commands with an address of its own."""

from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups import handed_out
from tryggve.domains.backups.forms.told import OtherComputer
from tryggve.domains.backups.services import heartbeats
from tryggve.domains.backups.words import computers as words
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address

_PROGRAM: Final = Path(handed_out.__file__).with_name(words.PROGRAM)


@permission("backups.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """What it takes; then the commands with its address, this once."""
    form = OtherComputer(request.POST or None)
    context = {"form": form, "program": words.PROGRAM, "is_reached": own_address.is_for_others()}
    if form.is_valid():
        try:
            _id, secret = heartbeats.add_address(
                **form.cleaned_data, actor=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"title": form.cleaned_data["title"], "systems": words.systems(secret)}
            return render(request, "backups/computer_commands.html", context)
    return render(request, "backups/computer.html", context)


@permission("backups.view")
@require_GET
def program(request: HttpRequest) -> HttpResponse:
    """The file, as it is."""
    headers = {"Content-Disposition": f'attachment; filename="{words.PROGRAM}"'}
    return HttpResponse(_PROGRAM.read_bytes(), content_type="text/x-python; charset=utf-8", headers=headers)
