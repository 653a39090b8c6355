"""Several files at once: what would become of each, then a yes, then what was done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap.forms.chosen import Chosen
from tryggve.domains.datamap.forms.told import Reason
from tryggve.domains.datamap.services import bulk
from tryggve.domains.datamap.services.bulk import Done


@permission("datamap.delete-file")
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Which would be deleted and which can't be, and why; with a yes they are."""
    form = Chosen(request.POST)
    if not form.is_valid():
        return _nothing_ticked(request, form)
    if form.cleaned_data["sure"]:
        done = bulk.delete(form.chosen, actor=actor_of(request), at=timezone.now())
        deleted = ngettext("%(count)d file was deleted.", "%(count)d files were deleted.", done.done)
        _tell(request, done, deleted)
        return redirect("datamap:receipts" if done.done else "datamap:files")
    would = bulk.preview(form.chosen)
    context = {
        "going": [one for one in would if not one.refused],
        "staying": [one for one in would if one.refused],
        "persons": max((one.persons for one in would if not one.refused), default=0),
    }
    return render(request, "datamap/bulk_delete.html", context)


@permission("datamap.look-into-files")
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Which may stay from now on; with a reason they do."""
    form = Chosen(request.POST)
    if not form.is_valid():
        return _nothing_ticked(request, form)
    said = Reason(request.POST if form.cleaned_data["sure"] else None)
    if said.is_valid():
        done = bulk.review(
            form.chosen, reason=said.cleaned_data["reason"], actor=actor_of(request), at=timezone.now()
        )
        noted = ngettext("%(count)d file may stay.", "%(count)d files may stay.", done.done)
        _tell(request, done, noted)
        return redirect("datamap:files")
    return render(request, "datamap/bulk_review.html", {"form": said, "would": bulk.preview(form.chosen)})


def _nothing_ticked(request: HttpRequest, form: Chosen) -> HttpResponse:
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("datamap:files")


def _tell(request: HttpRequest, done: Done, sentence: str) -> None:
    if done.done:
        messages.success(request, sentence % {"count": done.done})
    for why, count in done.refused.items():
        left = ngettext("%(count)d file was left: %(why)s", "%(count)d files were left: %(why)s", count)
        messages.warning(request, left % {"count": count, "why": why})
    if not done.done and not done.refused:
        messages.error(request, _("Nothing was changed."))
