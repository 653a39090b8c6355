"""The way in to a customer's own page, and out again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.rights import visits
from tryggve.domains.rights.forms.portal import AskForLink, Code
from tryggve.domains.rights.selectors.portal import customer_provider
from tryggve.domains.rights.services.links import limits, links
from tryggve.domains.rights.services.portal import portal
from tryggve.domains.rights.services.portal.portal import Use, WrongCode
from tryggve.domains.rights.visits import CustomersRequest, asked_too_often, ended, for_customer, language
from tryggve.lib import random_tokens
from tryggve.ui import errors


@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address is anybody's, and so is the work."""
    form = AskForLink(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "provider": customer_provider.name_of_provider()}
        return render(request, "rights/portal/ask.html", context)
    if not limits.may_ask(request):
        return errors.too_many_requests(request)
    browser = visits.browser_of(request) or random_tokens.new_token()
    address = form.cleaned_data["email"]
    if not limits.may_mail_link_to(request, address):
        return asked_too_often(request)
    portal.ask(address=address, browser=browser, language=language(), at=timezone.now())
    answer = redirect("portal:asked")
    visits.know_again(answer, browser, request)
    return answer


@permission(PUBLIC)
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/portal/asked.html")


@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of a mail. Looking changes nothing; the button comes in, or has a code mailed first."""
    now, browser = timezone.now(), visits.browser_of(request)
    link = links.of_token(token, Use.PORTAL, at=now)
    if link is None:
        return ended(request)
    needs_code = portal.is_code_needed(link, browser)
    if request.method == "POST" and needs_code and "code" not in request.POST:
        return _send_code(request, token)
    form = Code(request.POST if "code" in request.POST else None)
    if request.method == "POST" and (not needs_code or form.is_valid()):
        try:
            code = form.cleaned_data["code"] if needs_code else ""
            secret = portal.enter(token=token, code=code, browser=browser, language=language(), at=now)
        except links.LinkEnded:
            return ended(request)
        except WrongCode as wrong:
            portal.note_refused("code", subject=link.customer_ref, at=now)
            form.add_error("code", str(wrong))
        else:
            answer = redirect("portal:home")
            visits.keep(answer, secret, request)
            return answer
    context = {"needs_code": needs_code, "form": form if form.is_bound else None, "token": token}
    return render(request, "rights/portal/enter.html", context)


@require_POST
@for_customer
def leave(request: CustomersRequest) -> HttpResponse:
    portal.leave(request.visit, at=timezone.now())
    answer = redirect("portal:ask")
    visits.forget(answer)
    return answer


def _send_code(request: HttpRequest, token: str) -> HttpResponse:
    if not limits.may_mail_code(request, token):
        return errors.too_many_requests(request)
    try:
        portal.send_code(token=token, language=language(), at=timezone.now())
    except links.LinkEnded:
        return ended(request)
    return render(request, "rights/portal/enter.html", {"needs_code": True, "form": Code(), "token": token})
