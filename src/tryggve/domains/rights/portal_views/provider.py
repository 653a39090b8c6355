"""The way in for customers who show by another service who they are."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.rights import visits
from tryggve.domains.rights.selectors.portal import customer_provider as selectors
from tryggve.domains.rights.services.links import limits
from tryggve.domains.rights.services.portal import portal, provider_rounds
from tryggve.domains.rights.services.portal.provider_rounds import NotLetIn
from tryggve.lib import random_tokens
from tryggve.ui import errors


@permission(PUBLIC)
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Off to the service."""
    if not limits.may_go_to_provider(request):
        return errors.too_many_requests(request)
    browser = visits.browser_of(request) or random_tokens.new_token()
    try:
        address = provider_rounds.begin(browser=browser, at=timezone.now())
    except NotLetIn as refusal:
        return _not_let_in(request, refusal)
    context = {"address": address, "name": selectors.name_of_provider()}
    answer = render(request, "rights/portal/provider_leave.html", context)
    # Not a redirect: our pages may send forms nowhere else (form-action), and browsers hold redirects to that.
    answer.headers["Refresh"] = f"0; url={address}"
    visits.know_again(answer, browser, request)
    return answer


@permission(PUBLIC)
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the service, which has one try: what it says is asked for once, with a secret, by us."""
    if not limits.may_go_to_provider(request):
        return errors.too_many_requests(request)
    try:
        arrival = provider_rounds.complete(
            answer=request.GET.dict(),
            browser=visits.browser_of(request),
            language=visits.language(),
            at=timezone.now(),
        )
    except NotLetIn as refusal:
        return _not_let_in(request, refusal)
    if arrival.token:
        return redirect("portal:open", token=arrival.token)
    answer = redirect("portal:home")
    visits.keep(answer, arrival.secret, request)
    return answer


def _not_let_in(request: HttpRequest, refusal: NotLetIn) -> HttpResponse:
    """One page for whatever is wrong: who isn't in the register learns no more than who broke off."""
    portal.note_refused(refusal.reason, at=timezone.now())
    return render(request, "rights/portal/provider_refused.html", status=HTTPStatus.FORBIDDEN)
