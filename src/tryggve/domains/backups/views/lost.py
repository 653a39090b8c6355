from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.words import lost as words


@permission("backups.view")
@require_GET
def lost(request: HttpRequest) -> HttpResponse:
    """What to do when the computer is gone: to be printed before it is."""
    return render(request, "backups/lost.html", {"places": [words.told(one) for one in places.in_use()]})
