from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import invitations as invitation_forms
from tryggve.domains.access.services import invitations
from tryggve.lib.errors import Refusal
from tryggve.notices import selectors as notices


@permission("access.change-people")
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Ask somebody to come: the link leaves by mail, or is shown this once."""
    has_mail = notices.the_mail_server() is not None
    form = invitation_forms.Invite(request.POST or None, viewer=request.user, has_mail=has_mail)
    if form.is_valid():
        by_mail = form.cleaned_data["way"] == "mail"
        told = {name: form.cleaned_data[name] for name in ("name", "email", "language")}
        try:
            made = invitations.invite(
                **told, place=form.place(), by_mail=by_mail, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _answer(request, made, by_mail=by_mail)
    return render(request, "access/invite.html", {"form": form})


@permission("access.change-people")
@never_cache
@require_POST
def again(request: StaffRequest, invitation: UUID) -> HttpResponse:
    """A new link in place of the one before."""
    by_mail = request.POST.get("way") == "mail"
    made = invitations.renew(invitation=invitation, by_mail=by_mail, by=request.user, at=timezone.now())
    return _answer(request, made, by_mail=by_mail)


@permission("access.change-people")
@require_POST
def withdraw(request: StaffRequest, invitation: UUID) -> HttpResponse:
    """The link opens nothing any more."""
    invitations.withdraw(invitation=invitation, by=request.user, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("access:people")


def _answer(request: StaffRequest, made: invitations.Invited, *, by_mail: bool) -> HttpResponse:
    if by_mail:
        messages.success(request, _("The invitation is on its way by mail. Its link lasts seven days."))
        return redirect("access:people")
    return render(request, "access/invite_link.html", {"link": made.link, "days": invitations.LASTS.days})
