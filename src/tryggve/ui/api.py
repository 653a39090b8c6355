"""What the views of the API share: parameters read strictly, and every error an answer of one shape."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal

_LOCKED = 3
_LONGEST_NUMBER = 9


class BadParameter(ValueError):
    """A parameter that can't be read; its name is told."""


class NotThere(LookupError):
    """There is no such thing."""


def answers_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET alone, and no error page: what goes wrong is told as JSON. Under ``permission``."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            allowed = {"Allow": "GET, HEAD"}
            return failure(HTTPStatus.METHOD_NOT_ALLOWED, "read-only", _("This can only be read."), allowed)
        try:
            return view(request, *args, **kwargs)
        except BadParameter as fault:
            told = _("The parameter «%(name)s» can't be read.") % {"name": fault}
            return failure(HTTPStatus.BAD_REQUEST, "bad-parameter", told)
        except NotThere:
            return failure(HTTPStatus.NOT_FOUND, "not-there", _("There is nothing with that id."))
        except Refusal as refusal:
            is_locked = refusal.exit_status == _LOCKED
            status = HTTPStatus.SERVICE_UNAVAILABLE if is_locked else HTTPStatus.CONFLICT
            return failure(status, "locked" if is_locked else "refused", str(refusal))

    return answer


def number(request: HttpRequest, name: str, *, usual: int, least: int, most: int) -> int:
    """A whole number from the address. Raises BadParameter."""
    values = request.GET.getlist(name)
    if not values:
        return usual
    text = values[0]
    if len(values) > 1 or not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_NUMBER:
        raise BadParameter(name)
    if not least <= int(text) <= most:
        raise BadParameter(name)
    return int(text)


def require_known(request: HttpRequest, *names: str) -> None:
    """Refuse parameters that mean nothing: a misspelt one must not be passed over. Raises BadParameter."""
    for name in request.GET:
        if name not in names:
            raise BadParameter(name.encode("unicode_escape").decode()[:40])


def identity(text: str) -> UUID:
    """An id from the address. Raises NotThere."""
    try:
        return UUID(text)
    except ValueError:
        raise NotThere from None


def failure(
    status: HTTPStatus, code: str, message: str, headers: dict[str, str] | None = None
) -> JsonResponse:
    return JsonResponse({"error": code, "message": message}, status=status, headers=headers)
