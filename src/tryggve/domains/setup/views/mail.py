from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.roles import Area, Level
from tryggve.domains.setup.forms import mail as mail_forms
from tryggve.domains.setup.mail_providers import PROVIDERS
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.selectors import mail as mail_selectors
from tryggve.domains.setup.services import mail as mail_services
from tryggve.lib.errors import Refusal
from tryggve.notices import selectors as notices
from tryggve.notices.models import MailServer
from tryggve.ui.paging import page_number


@permission("setup.change-mail")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def mail(request: StaffRequest) -> HttpResponse:
    """Through which server mail leaves."""
    known = notices.the_mail_server()
    form = _form(known, request.POST or None)
    if form.is_valid():
        try:
            mail_services.change_mail_server(
                **form.details(),
                actor=actor_of(request),
                at=timezone.now(),
                is_vouched=_may_vouch(request.user),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Send a test mail to see that it works."))
            return redirect("setup:mail")
    return render(request, "setup/mail.html", {"form": form, "known": known, "providers": PROVIDERS})


@permission("setup.change-mail")
@require_POST
def test_mail(request: StaffRequest) -> HttpResponse:
    """Send a mail to whoever asks, and say what the server answered."""
    refusal = mail_services.send_test_mail(to=request.user, actor=actor_of(request), at=timezone.now())
    known = notices.the_mail_server()
    context = {
        "form": _form(known),
        "known": known,
        "providers": PROVIDERS,
        "tested": True,
        "refusal": refusal,
    }
    return render(request, "setup/mail.html", context)


@permission("setup.view-outbox")
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits to be sent, since when, and why."""
    found = mail_selectors.outbox(number=page_number(request))
    context = {"outbox": found, "has_settings": notices.the_mail_server() is not None}
    return render(request, "setup/outbox.html", context)


@permission("setup.change-outbox")
@require_POST
def try_again(request: HttpRequest, message: UUID) -> HttpResponse:
    mail_services.try_again(message=message, at=timezone.now())
    messages.success(
        request, _("The message is tried again at once. Come back in a minute to see how it went.")
    )
    return redirect("setup:outbox")


@permission("setup.change-outbox")
@require_POST
def discard(request: HttpRequest, message: UUID) -> HttpResponse:
    mail_services.discard(message=message, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The message is thrown away."))
    return redirect("setup:outbox")


def _may_vouch(user: User) -> bool:
    """Whether mail that lets people in is this person's to see: who invites could come in as anybody already."""
    return user.level_in(Area.PEOPLE) >= Level.CHANGE


def _form(known: MailServer | None, answers: QueryDict | None = None) -> mail_forms.MailSettings:
    firm = selectors.the_firm()
    return mail_forms.MailSettings(answers, known=known, firm_name=firm.name if firm else "")
