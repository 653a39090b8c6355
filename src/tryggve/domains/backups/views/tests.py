from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import restore_tests
from tryggve.domains.backups.words import restore_tests as words
from tryggve.ui import fragments
from tryggve.ui.paging import page_number


@permission("backups.view")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    page = restore_tests.tests(page=page_number(request))
    told = [words.line(one) for one in page.object_list]
    return render(request, "backups/tests.html", {"tests": told, "page": page})


@permission("backups.view")
@require_GET
def show(request: HttpRequest, test: UUID) -> HttpResponse:
    """One test as a proof; asked by htmx while it is under way, how far it has come."""
    found = restore_tests.test(test)
    told = words.proof(found, restore_tests.shredded(found))
    is_part = fragments.is_wanted(request)
    answer = render(request, f"backups/{'_test_under_way' if is_part else 'test'}.html", {"told": told})
    if is_part and not told.line.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer
