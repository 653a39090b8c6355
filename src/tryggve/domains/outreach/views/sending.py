"""The buttons of a message: try it, send it, hold it up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import StaffRequest, actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.outreach.forms.mailings import Seen
from tryggve.domains.outreach.services import mailings, pausing, starting, trial_mail


@permission("outreach.write")
@require_POST
def test(request: StaffRequest, mailing: UUID) -> HttpResponse:
    """Send it to whoever asks, and say what the server answered."""
    refusal = trial_mail.send_test(
        mailing=mailing, to=request.user, actor=actor_of(request), at=timezone.now()
    )
    if refusal is None:
        messages.success(request, _("The test mail is on its way to your own address."))
    else:
        told = _("The test mail did not leave.")
        messages.warning(request, f"{told} {refusal.in_words}")
    return redirect("outreach:mailing", mailing=mailing)


@permission("outreach.write")
@require_POST
def start(request: HttpRequest, mailing: UUID) -> HttpResponse:
    form = Seen(request.POST)
    if not form.is_valid():
        raise mailings.ChangedMeanwhile
    starting.start(
        mailing=mailing,
        seen_revision=form.cleaned_data["revision"],
        **who_asks(request),
    )
    messages.success(request, _("It is being sent. You can leave this page; the work goes on."))
    return redirect("outreach:mailing", mailing=mailing)


@permission("outreach.write")
@require_POST
def pause(request: HttpRequest, mailing: UUID) -> HttpResponse:
    pausing.pause(mailing=mailing, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It is paused. Nobody gets it until you go on."))
    return redirect("outreach:mailing", mailing=mailing)


@permission("outreach.write")
@require_POST
def go_on(request: HttpRequest, mailing: UUID) -> HttpResponse:
    starting.go_on(mailing=mailing, **who_asks(request))
    messages.success(request, _("It goes on."))
    return redirect("outreach:mailing", mailing=mailing)


@permission("outreach.write")
@require_POST
def stop(request: HttpRequest, mailing: UUID) -> HttpResponse:
    starting.stop(mailing=mailing, **who_asks(request))
    messages.success(request, _("It is stopped. Whoever hasn't got it won't."))
    return redirect("outreach:mailing", mailing=mailing)


@permission("outreach.write")
@require_POST
def perhaps(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Send it again to those who perhaps didn't get it, or leave it so: a person decides."""
    if "again" in request.POST:
        count = starting.send_again(mailing=mailing, **who_asks(request))
        words = ngettext("%(count)d customer gets it again.", "%(count)d customers get it again.", count)
        messages.success(request, words % {"count": count})
    else:
        starting.settle(mailing=mailing, **who_asks(request))
        messages.success(request, _("It is left so."))
    return redirect("outreach:mailing", mailing=mailing)
