"""What is asked for on the overview: a copy now, a test now, and an answer to what looks suspicious."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.backups.selectors import copies
from tryggve.domains.backups.services import pairs, restore_tests, watching


@permission("backups.change")
@require_POST
def back_up(request: HttpRequest) -> HttpResponse:
    """Take a pair as soon as it can be."""
    pairs.ask(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The backup begins in a moment. It goes on when you leave this page."))
    return redirect("backups:overview")


@permission("backups.change")
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Make a restore test as soon as it can be."""
    restore_tests.ask(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The restore test begins in a moment. It goes on when you leave this page."))
    return redirect("backups:overview")


@permission("backups.answer-signs")
@require_POST
def answer_signs(request: HttpRequest, run: UUID) -> HttpResponse:
    """It was the firm itself that changed so much."""
    watching.answer_signs(copies.suspicious(run), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Good. Older copies are let go of again when it is time."))
    return redirect("backups:overview")
