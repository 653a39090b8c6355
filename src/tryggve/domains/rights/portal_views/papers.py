"""What a customer reads and takes along from the own page: the notice, and the file with all that is held."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights.papers import package_answer
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.selectors.purposes import notices
from tryggve.domains.rights.selectors.requests import packages as selectors
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.visits import CustomersRequest, for_customer, for_one_alone, language


@require_GET
@for_customer
def notice(request: CustomersRequest) -> HttpResponse:
    """How the company uses data, as it told everybody last; in another language where it isn't told in this one."""
    published = notices.languages_published()
    wanted = choices.spoken(language())
    shown = wanted if wanted in published else next(iter(published), None)
    paper = notices.current_notice(shown).paper if shown else None
    return render(request, "rights/portal/notice.html", {"paper": paper})


@require_POST
@for_one_alone
def package(request: CustomersRequest, case: UUID) -> HttpResponseBase:
    """The file that was made for a request of the customer's, once the company has answered it."""
    if not selectors.is_for_own_page(case, customer=request.visit.customer):
        raise Http404
    made, pieces = packages.hand_out(
        case=case, reason="", actor=actors.ANONYMOUS, at=timezone.now(), reach=EVERYBODY
    )
    return package_answer.as_file(made, pieces)
