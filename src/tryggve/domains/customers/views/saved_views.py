from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.forms.filters import query_of
from tryggve.domains.customers.forms.saved_views import ViewName
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.selectors import saved_views as selectors
from tryggve.domains.customers.services import saved_views
from tryggve.domains.customers.views import choosing
from tryggve.lib.errors import Refusal

_LONGEST_QUERY = 4000


@permission("customers.view")
@require_http_methods(["GET", "POST"])
def views(request: StaffRequest) -> HttpResponse:
    """One's own views; by POST, what the list shows now gets a name."""
    form = ViewName(request.POST or None)
    if form.is_valid():
        query = QueryDict(request.POST.get("query", "")[:_LONGEST_QUERY])
        tags = register.tags_in_use(reach=asking.reach(request))
        filters = choosing.filters_of(request, query, tags=tags)
        try:
            view = saved_views.save_view(
                owner=request.user, name=form.cleaned_data["name"], chosen=filters.chosen(), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The view is saved. You find it above the list."))
            return redirect("customers:view", saved=view)
    context = {
        "naming": form if form.is_bound else None,
        "query": request.POST.get("query", ""),
        "views": [(view, _naming(view)) for view in selectors.views_of(request.user.pk)],
    }
    return render(request, "customers/views.html", context)


@permission("customers.view")
@require_GET
def show(request: StaffRequest, saved: UUID) -> HttpResponse:
    """The list as this view chooses it."""
    view = selectors.view_of(saved, owner=request.user.pk)
    query = query_of(view.chosen, code_of=choosing.code_of_tag(request))
    return redirect(f"{reverse('customers:list')}?{query.urlencode()}")


@permission("customers.view")
@require_POST
def rename(request: StaffRequest, saved: UUID) -> HttpResponse:
    form = ViewName(request.POST)
    selectors.view_of(saved, owner=request.user.pk)
    if not form.is_valid():
        messages.error(request, _("A view needs a name. Nothing was changed."))
        return redirect("customers:views")
    try:
        saved_views.rename_view(
            view=saved, owner=request.user, name=form.cleaned_data["name"], at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The view has its new name."))
    return redirect("customers:views")


@permission("customers.view")
@require_POST
def delete(request: StaffRequest, saved: UUID) -> HttpResponse:
    saved_views.delete_view(view=saved, owner=request.user, at=timezone.now())
    messages.success(request, _("The view is deleted. The customers are all there."))
    return redirect("customers:views")


def _naming(view: selectors.View) -> ViewName:
    """The form of one view among several on a page."""
    return ViewName(initial={"name": view.name}, auto_id=f"id_{view.id}_%s")
