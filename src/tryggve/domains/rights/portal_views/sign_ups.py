"""Strangers who sign up on the company's website: the form, and the button behind the mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.rights.forms.sign_ups import Stranger
from tryggve.domains.rights.portal_views.said import in_words, words_on
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.services.links import limits
from tryggve.domains.rights.services.links.links import LinkEnded
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.domains.rights.visits import asked_too_often, ended, language
from tryggve.lib.errors import Refusal
from tryggve.ui import errors


@csrf_exempt  # stands on the company's own website; it has a mail sent, and nothing else
@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form itself. The answer is the same whether the address is a customer's, a stranger's or held back."""
    spoken = choices.spoken(request.POST.get("language") or language())
    asked = choices.all_of(spoken)
    box = Stranger(request.POST or None, choices=asked, initial={"language": spoken})
    if not box.is_valid():
        return render(request, "rights/portal/sign_up.html", {"form": box, "asked": asked})
    if not limits.may_send_form(request):
        return errors.too_many_requests(request)
    if not limits.may_mail_question_to(request, box.cleaned_data["email"]):
        return asked_too_often(request)
    with override(spoken):
        source = _("the form on the website")
    sign_ups.ask(
        typed=box.typed(), purposes=box.purposes(), language=spoken, source=source, at=timezone.now()
    )
    return redirect("portal:sign-up-sent")


@permission(PUBLIC)
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/portal/sign_up_sent.html")


@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mail. Who typed what isn't shown: whoever the mail was sent on to reads it, too."""
    now = timezone.now()
    waiting = sign_ups.of_token(token, at=now)
    if waiting is None:
        return ended(request)
    wanted = sign_ups.purposes_of(waiting)
    context: dict[str, object] = {
        "choices": [one for one in choices.all_of(language()) if one.purpose in wanted]
    }
    if request.method == "POST":
        try:
            sign_ups.confirm(token=token, read=words_on(request), language=language(), at=now)
        except LinkEnded:
            return ended(request)
        except Refusal as refusal:
            context["refused"] = in_words(refusal)
        else:
            return render(request, "rights/portal/chosen.html")
    return render(request, "rights/portal/sign_up_confirm.html", context)
