"""Once a year people restore on another computer; its code shows that they did."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.forms.told import CodeFromElsewhere
from tryggve.domains.backups.selectors import elsewhere as selectors
from tryggve.domains.backups.services import elsewhere


@permission("backups.view")
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """What to do, step by step, and when it was done."""
    return _shown(request, CodeFromElsewhere())


@permission("backups.change")
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """The code of the other computer."""
    form = CodeFromElsewhere(request.POST)
    if form.is_valid():
        try:
            noted = elsewhere.note(
                typed=form.cleaned_data["code"], actor=actor_of(request), at=timezone.now()
            )
        except (elsewhere.NoSuchCode, elsewhere.NotedBefore) as refusal:
            form.add_error("code", str(refusal))
        else:
            told = _("Noted: on %(day)s the backup of %(taken)s was restored on another computer.")
            days = {"day": date_format(noted.on), "taken": date_format(noted.taken_on)}
            messages.success(request, told % days)
            return redirect("backups:elsewhere")
    return _shown(request, form)


def _shown(request: HttpRequest, form: CodeFromElsewhere) -> HttpResponse:
    return render(request, "backups/elsewhere.html", {"form": form, "restored": selectors.restored()})
