"""Files with personal data: the list, what is in one, and those that nobody could look into."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap.forms.filters import Filters
from tryggve.domains.datamap.selectors import named, newcomers, people_found, same_lists, shown_files, titles
from tryggve.domains.datamap.selectors.shown_files import ShownFile
from tryggve.domains.datamap.services import looking
from tryggve.domains.datamap.words import files as words
from tryggve.domains.datamap.words import overview as overview_words
from tryggve.domains.datamap.words.who import name_of


@permission("datamap.look-into-files")
@require_GET
def every(request: StaffRequest) -> HttpResponse:
    """The riskiest first; of one place, kind or age where the address says so."""
    form = Filters(request.GET, places=titles.titles())
    wanted = form.wanted()
    page = shown_files.riskiest(wanted, today=timezone.localdate(), page=request.GET.get("page"))
    shown = shown_files.with_places(list(page))
    _note(request, shown)
    context = {"page": page, "files": list(map(words.file, shown)), "form": form}
    return render(request, "datamap/files.html", context)


@permission("datamap.look-into-files")
@require_GET
def unread(request: StaffRequest) -> HttpResponse:
    """What nobody looked into, and why."""
    wanted = Filters(request.GET, places=titles.titles()).wanted()
    page = shown_files.unread(source=wanted.source, page=request.GET.get("page"))
    shown = shown_files.with_places(list(page))
    _note(request, shown)
    return render(request, "datamap/unread.html", {"page": page, "files": list(map(words.file, shown))})


@permission("datamap.look-into-files")
@require_GET
def same(request: StaffRequest) -> HttpResponse:
    """Which files hold the same persons, so that all but one can go."""
    page, groups = same_lists.page(request.GET.get("page"))
    _note(request, [file for group in groups for file in group.files])
    told = [
        (overview_words.same(len(one.files) + one.more, one.persons), one, list(map(words.file, one.files)))
        for one in groups
    ]
    return render(request, "datamap/same.html", {"page": page, "groups": told})


@permission("datamap.look-into-files")
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """Which files hold persons whom the register doesn't know, and how many."""
    page, rows = newcomers.page(request.GET.get("page"))
    _note(request, [one.file for one in rows])
    context = {
        "page": page,
        "rows": [(words.file(one.file), one.outside) for one in rows],
        "people": people_found.people(),
    }
    return render(request, "datamap/people.html", context)


@permission("datamap.look-into-files")
@require_GET
def show(request: StaffRequest, file: UUID) -> HttpResponse:
    """What is in it, masked, and what can be done."""
    shown = shown_files.the_file(file)
    _note(request, [shown])
    context = {
        "told": words.file(shown),
        "outside": people_found.people().outside_by_file.get(file, 0),
        "customers": named.how_many(file),
        "reviewed_by": name_of(shown.review.reviewed_by) if shown.review else "",
    }
    return render(request, "datamap/file.html", context)


def _note(request: HttpRequest, shown: Sequence[ShownFile]) -> None:
    looked_at: Iterable[UUID] = {one.row.source_id for one in shown}
    for source in sorted(looked_at):
        looking.note(source=source, actor=actor_of(request), at=timezone.now())
