from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts import tokens
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms.tokens import NewToken


@permission("access.change-tokens")
@require_http_methods(["GET", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """One's own tokens, and a new one: shown in the answer to the form, and never again."""
    now = timezone.now()
    form, secret = NewToken(request.POST or None, user=request.user), None
    if form.is_valid():
        secret = tokens.make(
            user=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            lasts=form.lasts,
            actor=request.user.actor,
            at=now,
        )
        form = NewToken(user=request.user)
    titles = tokens.scopes()
    known = [
        (one, [titles[scope] for scope in one.scopes if scope in titles], one.expires_at <= now)
        for one in tokens.of(request.user)
    ]
    return render(request, "access/tokens.html", {"form": form, "secret": secret, "tokens": known})


@permission("access.end-tokens")
@require_POST
def end(request: StaffRequest, token: UUID) -> HttpResponse:
    if not tokens.end(token=token, user=request.user, actor=request.user.actor, at=timezone.now()):
        raise Http404
    messages.success(request, _("The token opens nothing any more."))
    return redirect("access:tokens")
