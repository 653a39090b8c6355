from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.outreach.services import quarters
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup


@permission("outreach.write")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """A draft of the quarter's word, to be read and sent."""
    asked = request.POST.get("language", "")
    language = asked if asked in rights.LANGUAGES else setup.firm_language()
    made = quarters.write_word(language=language, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("Here is a draft. Say what it is for, read it, and send it when it is right.")
    )
    return redirect("outreach:mailing-change", mailing=made)


@permission("outreach.write")
@require_POST
def leave_out(request: HttpRequest) -> HttpResponse:
    quarters.leave_out(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It is left out this time."))
    return redirect("outreach:mailings")
