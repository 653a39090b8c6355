from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.forms.export import ExportForm
from tryggve.domains.customers.selectors import exported, saved_views
from tryggve.domains.customers.services import export as exports

_FOUND = "customers_found"


@permission("customers.export")
@require_http_methods(["GET", "POST"])
def export(request: StaffRequest) -> HttpResponseBase:
    """All customers, those of a saved view or those found before, as a file.

    Who may take out the log and see no customer, such as an auditor, takes out none.
    """
    asking.require(asking.of_request(request, "customers.view", at=timezone.now()))
    found = _found(request)
    form = ExportForm(request.POST or None, views=_views(request, found))
    if form.is_valid():
        try:
            return _file(request, form.cleaned_data, found or [])
        except exports.NobodyToExport as refusal:
            form.add_error("view", str(refusal))
    return render(request, "customers/export.html", {"form": form, "token": request.GET.get("found", "")})


def _file(
    request: StaffRequest, answers: Mapping[str, Any], found: list[UUID]
) -> HttpResponse | StreamingHttpResponse:
    now = timezone.now()
    file = exports.begin_export(
        customers=_customers(request, answers["view"], found, at=now),
        format=answers["format"],
        view=answers["view"],
        reason=answers["reason"],
        actor=actor_of(request),
        at=now,
    )
    if file.unread:
        messages.warning(request, _unread(file.unread))
    name = f"tryggve-{timezone.localdate(now).isoformat()}.{exports.ENDINGS[file.format]}"
    # Else a proxy before Tryggve may lay it, readable, in a folder of its own.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(
        file.pieces(), content_type=exports.MEDIA_TYPES[file.format], headers=headers
    )


def _customers(request: StaffRequest, view: str, found: list[UUID], *, at: datetime) -> list[UUID]:
    reach = asking.reach(request)
    match view:
        case "all":
            return exported.customers_in_view(reach=reach)
        case "found":
            return exported.customers_still_there(found, reach=reach)
    chosen = saved_views.view_of(UUID(view), owner=request.user.pk).chosen
    return exported.customers_in_view(wanted=chosen.filter(at), order=chosen.sort, reach=reach)


def _found(request: HttpRequest) -> list[UUID] | None:
    """Those of an earlier search, by the token in the address; None without one."""
    kept: dict[str, list[str]] = request.session.get(_FOUND, {})
    token = request.GET.get("found", "")
    return [UUID(customer) for customer in kept[token]] if token in kept else None


def _views(request: StaffRequest, found: list[UUID] | None) -> list[tuple[str, str]]:
    views = [("all", _("All customers that you can see"))]
    views += [(str(view.id), view.name) for view in saved_views.views_of(request.user.pk)]
    if found is not None:
        words = ngettext(
            "The %(count)d customer that you found", "The %(count)d customers that you found", len(found)
        )
        views.append(("found", words % {"count": len(found)}))
    return views


def _unread(count: int) -> str:
    words = ngettext(
        "%(count)d customer is damaged and isn't in the file.",
        "%(count)d customers are damaged and aren't in the file.",
        count,
    )
    return words % {"count": count}
