import secrets
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts import permissions
from tryggve.accounts import selectors as accounts
from tryggve.accounts.pages import StaffRequest, actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.forms.filters import Filters
from tryggve.domains.customers.forms.saved_views import ViewName
from tryggve.domains.customers.selectors import register, saved_views
from tryggve.domains.customers.selectors.register import Wanted
from tryggve.domains.customers.views import choosing
from tryggve.ui import fragments
from tryggve.ui.paging import page_number

_FOUND = "customers_found"
_NEARLY = "customers_found_nearly"
_SEARCHES_KEPT = 5


@permission("customers.view")
@require_GET
def customer_list(request: StaffRequest) -> HttpResponse:
    """Everyone, or those that the filters fit, with the search box above."""
    now, filters = timezone.now(), list[Filters]()

    def choose(tags: list[tuple[str, int]]) -> Wanted:
        filters.append(choosing.filters_of(request, request.GET, tags=tags))
        return filters[0].wanted(now)

    listed = register.customers_listed(
        number=page_number(request),
        actor=actor_of(request),
        at=now,
        reach=asking.reach(request),
        choose=choose,
    )
    [chosen] = filters
    context = {
        "page": listed.page,
        "everybody": listed.everybody,
        "told": list(chosen.told(accounts.name_of)),
        "gone": chosen.gone,
        "query": choosing.query_in(request),
        "naming": ViewName(auto_id="id_view_%s"),
    }
    return render(request, "customers/list.html", context)


@permission("customers.view")
@require_GET
def choose(request: StaffRequest) -> HttpResponse:
    """Whom to show on the list: a saved view, or by what the customers are chosen."""
    reach = asking.reach(request)
    context = {
        "form": choosing.form_of(request, tags=register.tags_in_use(reach=reach), reach=reach),
        "views": saved_views.views_of(request.user.pk),
    }
    return render(request, "customers/choose.html", context)


@permission("customers.view")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """What was typed comes by POST, so that no name stands in an address, a log or the browser's history."""
    text = request.POST.get("text", "")[:200]
    now, actor = timezone.now(), actor_of(request)
    if not text.strip():
        return HttpResponse() if fragments.is_wanted(request) else redirect("customers:list")
    rows = register.customers_matching(
        text=text,
        actor=actor,
        at=now,
        reach=asking.reach(request),
        by_number=permissions.may(request.user, "customers.reveal"),
    )
    if fragments.is_wanted(request):
        return render(request, "customers/_found.html", {"rows": rows})
    token = _keep_found(request, [str(customer) for customer, _details in rows], nearly=rows.near)
    return redirect("customers:found", token=token)


@permission("customers.view")
@require_GET
def found(request: HttpRequest, token: str) -> HttpResponse:
    """A search made without scripts, shown at an address that says nothing."""
    kept: dict[str, list[str]] = request.session.get(_FOUND, {})
    if token not in kept:
        return redirect("customers:list")
    customers = [UUID(customer) for customer in kept[token]]
    exactly = len(customers) - request.session.get(_NEARLY, {}).get(token, 0)
    rows = register.customers_found_before(
        customers=customers[:exactly],
        nearly=customers[exactly:],
        **who_asks(request),
    )
    return render(request, "customers/found.html", {"rows": rows})


def _keep_found(request: HttpRequest, customers: list[str], *, nearly: int) -> str:
    """Sessions hold ids only, and how many of the last match nearly; the newest few searches are kept."""
    token = secrets.token_urlsafe(12)
    kept = list(request.session.get(_FOUND, {}).items())[-(_SEARCHES_KEPT - 1) :]
    request.session[_FOUND] = dict([*kept, (token, customers)])
    counts = request.session.get(_NEARLY, {}) | {token: nearly}
    request.session[_NEARLY] = {one: counts.get(one, 0) for one in request.session[_FOUND] if counts.get(one)}
    return token
