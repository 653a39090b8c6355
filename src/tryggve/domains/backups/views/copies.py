from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import copies
from tryggve.domains.backups.words.pages import cause_in_words
from tryggve.ui.paging import page_number


@permission("backups.view")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    pairs, page = copies.pairs(page=page_number(request))
    return render(request, "backups/copies.html", {"pairs": pairs, "page": page})


@permission("backups.view")
@require_GET
def show(request: HttpRequest, run: UUID) -> HttpResponse:
    """One pair: what lies where."""
    pair = copies.pair(run)
    parts = [(one, cause_in_words(one.cause)) for one in pair.parts]
    context = {"pair": pair, "parts": parts, "cause": cause_in_words(pair.cause)}
    return render(request, "backups/copy.html", context)
