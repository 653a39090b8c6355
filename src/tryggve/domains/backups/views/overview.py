from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import awake, shown_places
from tryggve.domains.backups.selectors import overview as selectors
from tryggve.domains.backups.services.restore_tests import evidence
from tryggve.domains.backups.words import overview as words
from tryggve.domains.incidents import api as incidents
from tryggve.ui import fragments


@permission("backups.view")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Whether everything can be got back; asked by htmx, what moves while a copy or a test is under way."""
    now = timezone.now()
    standing = selectors.standing(now=now, founded=_founded())
    is_begun = standing.under_way is not None or standing.test_under_way is not None
    is_stalled = is_begun and awake.is_worker_gone(at=now)
    if fragments.is_wanted(request):
        answer = render(request, "backups/_under_way.html", {"standing": standing, "is_stalled": is_stalled})
        if not is_begun:
            answer["HX-Refresh"] = "true"
        return answer
    places = shown_places.places(now=now)
    context = {
        "standing": standing,
        "is_stalled": is_stalled,
        "words": words.of(standing, now=now),
        "places": [words.place(one) for one in places],
        "spread": words.spread(places),
        "month": selectors.month(now=now),
        "address_to_tell": incidents.address_to_tell(),
        "removed": shown_places.removed(since=now - shown_places.UNDO),
    }
    return render(request, "backups/overview.html", context)


def _founded() -> UUID | None:
    """The newest test that came to something, if the log bears out what its row says."""
    entry = evidence.newest_conclusive()
    test = evidence.founded(entry) if entry is not None else None
    return test.pk if test is not None else None
