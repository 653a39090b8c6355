from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.datamap.selectors import receipts
from tryggve.domains.datamap.services import deleting
from tryggve.domains.datamap.words import kinds
from tryggve.domains.datamap.words.who import name_of
from tryggve.lib.errors import Refusal


@permission("datamap.look-into-files")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """What was deleted, the newest first."""
    page, rows = receipts.page(request.GET.get("page"))
    return render(request, "datamap/receipts.html", {"page": page, "receipts": rows})


@permission("datamap.look-into-files")
@require_GET
def show(request: HttpRequest, copy: UUID) -> HttpResponse:
    """What was deleted, when and by whom; to be printed."""
    receipt = receipts.receipt(copy)
    context = {
        "receipt": receipt,
        "who": name_of(receipt.row.deleted_by),
        "kinds": [(kinds.name(kind), count) for kind, count in receipt.row.counts.items()],
    }
    return render(request, "datamap/receipt.html", context)


@permission("datamap.delete-file")
@require_POST
def have_back(request: HttpRequest, copy: UUID) -> HttpResponse:
    """The file lies again where it lay."""
    try:
        deleting.have_back(copy=copy, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("datamap:receipt", copy=copy)
    messages.success(
        request, _("The file lies where it lay before. At the next look through it is on the list again.")
    )
    return redirect("datamap:receipts")
