from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tryggve.accounts.models import User
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.access.forms import invitations as invitation_forms
from tryggve.domains.access.services import joining
from tryggve.domains.access.services.invitations import HasAnAccount
from tryggve.domains.setup import api as setup
from tryggve.ui import errors


@permission(PUBLIC)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Behind an invitation: choose a password. Only the button uses the link up."""
    if not joining.may_try(request):
        return errors.too_many_requests(request)
    now, invitation = timezone.now(), joining.of_token(token)
    why = joining.why_refused(invitation, at=now)
    if invitation is None or why:
        joining.note_failure(request)
        joining.log_refused(invitation, reason=why, at=now)
        return render(request, "access/join_refused.html", {"why": why}, status=404)
    if isinstance(request.user, User):
        return render(request, "access/join_signed_in.html", {"invitation": invitation}, status=409)
    form = invitation_forms.Join(request.POST or None, name=invitation.name, email=invitation.email)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "password")}
        try:
            user = joining.accept(token=token, language=translation.get_language() or "en", at=now, **told)
        except HasAnAccount as refusal:
            form.add_error(None, str(refusal))
        else:
            get_adapter().login(request, user)
            return redirect("setup:welcome")
    context = {"form": form, "invitation": invitation, "firm_name": setup.firm_name()}
    return render(request, "access/join.html", context)
