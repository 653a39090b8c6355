"""The address that other backups call when they are done."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.domains.backups import knocking
from tryggve.domains.backups.services import heartbeats

_PLAIN = "text/plain; charset=utf-8"


@csrf_exempt  # the secret in the address is all that counts; what calls has no cookie of ours
@permission(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def heard(request: HttpRequest, token: str) -> HttpResponse:
    """Both methods count, since scheduled tasks call with what they have; looking with HEAD doesn't."""
    if not knocking.may_call(request):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, content_type=_PLAIN)
    is_known = heartbeats.hear(token, at=timezone.now())
    # A program asks, not a person: no page, and no word on whose backup it is.
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT if is_known else HTTPStatus.NOT_FOUND, content_type=_PLAIN
    )
