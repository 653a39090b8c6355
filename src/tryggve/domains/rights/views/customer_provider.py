"""The firm's settings for customers who show who they are by another service."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.access.api import SENTENCES
from tryggve.domains.rights.forms.customer_provider import CustomerProviderSettings
from tryggve.domains.rights.selectors.portal import customer_provider as selectors
from tryggve.domains.rights.services.portal import customer_provider as services
from tryggve.domains.rights.services.portal import provider_rounds
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address


@permission("rights.customer-provider")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    form = CustomerProviderSettings(request.POST or None, known=selectors.the_provider())
    if form.is_valid():
        try:
            services.set_provider(**form.details(), actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Press «Test it» to see whether the service answers."))
            return redirect("rights:customer-provider")
    return _page(request, form)


@permission("rights.customer-provider")
@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """Ask the service what it says of itself, and tell what is wrong."""
    known = selectors.the_provider()
    if known is None:
        return redirect("rights:customer-provider")
    trouble = services.try_provider(issuer=known.issuer, actor=actor_of(request), at=timezone.now())
    form = CustomerProviderSettings(known=known)
    return _page(request, form, tested=True, trouble=SENTENCES[trouble] if trouble else "")


@permission("rights.customer-provider")
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    services.remove_provider(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Removed. From now on customers come in by a link in a mail alone."))
    return redirect("rights:customer-provider")


def _page(request: HttpRequest, form: CustomerProviderSettings, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "known": selectors.the_provider(),
        "return_address": own_address.link_to(provider_rounds.RETURN_TO),
    }
    return render(request, "rights/customer_provider.html", {**context, **more})
