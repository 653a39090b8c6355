from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.incidents.services import trials
from tryggve.domains.incidents.services.trials import NoSuchTrial


@permission(PUBLIC)
@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that a test alarm arrived: by a button, since programs that look through mail open its links."""
    refused, is_done = "", request.method == "POST"
    if is_done:
        try:
            trials.confirm(token=token, at=timezone.now())
        except NoSuchTrial as refusal:
            refused = str(refusal)
    context = {"is_done": is_done and not refused, "refused": refused}
    return render(request, "incidents/trial.html", context, status=404 if refused else 200)
