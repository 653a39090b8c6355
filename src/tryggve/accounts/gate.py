"""The gate that every request to a page passes."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from tryggve.accounts import actions, permissions, sign_ins
from tryggve.accounts.authority import NotYours
from tryggve.accounts.models import User
from tryggve.accounts.pages import actor_of
from tryggve.accounts.policy import Answer, Decision, Refused, asking, decide
from tryggve.audit import services as audit


class PermissionGate:
    """Ask each view what it demands, and the policy whether this request gets it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        asked = permissions.asked_by(view, match.url_name if match else None)
        if asked is None:
            raise Http404
        request.permission = asked  # type: ignore[attr-defined]  # for an entry about what happens in the view
        request.is_for_program = permissions.is_for_programs(view)  # type: ignore[attr-defined]
        ask = asking.of_program if permissions.is_for_programs(view) else asking.of_request
        decision = decide(ask(request, asked, at=timezone.now()))
        answer = _answer_to(request, decision)
        if answer is None and decision.answer is not Answer.ALLOW:
            raise Refused(decision)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A view or what it called asked the policy again, of a certain object or person."""
        if isinstance(exception, NotYours):
            _note(request, actions.REFUSED, Decision(Answer.REFUSE, "not-over-this-person", str(exception)))
        return _answer_to(request, exception.decision) if isinstance(exception, Refused) else None


def _answer_to(request: HttpRequest, decision: Decision) -> HttpResponseBase | None:
    if getattr(request, "is_for_program", False):
        return _answer_to_program(request, decision)
    match decision.answer:
        case Answer.ALLOW:
            return None
        case Answer.SIGN_IN:
            return _to_sign_in(request, decision)
        case Answer.SET_UP:
            return HttpResponseRedirect(reverse(settings.SECOND_FACTOR_URL))
        case Answer.ASK_AGAIN:
            _note(request, actions.ASKED_AGAIN, decision)
            query = urlencode({"next": _came_from(request), "why": decision.rule})
            return HttpResponseRedirect(f"{reverse(settings.STEP_UP_URL)}?{query}")
    _note(request, actions.REFUSED, decision)
    return None  # the page for what is refused follows


def _answer_to_program(request: HttpRequest, decision: Decision) -> HttpResponseBase | None:
    """In words of RFC 6750: without a token that holds 401, with one that isn't enough 403."""
    if decision.answer is Answer.ALLOW:
        return None
    said = {"error": decision.rule, "message": str(decision.sentence)}
    if decision.answer is Answer.REFUSE:
        _note(request, actions.REFUSED, decision)
        return JsonResponse(said, status=HTTPStatus.FORBIDDEN)
    return JsonResponse(said, status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})


def _to_sign_in(request: HttpRequest, decision: Decision) -> HttpResponseBase:
    if isinstance(request.user, User):  # others could fill the log
        user, now = request.user, timezone.now()
        audit.record(actions.SESSION_TURNED_AWAY, actor=user.actor, at=now, rule=decision.rule)
        sign_ins.end_this(session=request.session, user=user, at=now)
        logout(request)
    # What was asked for with POST can't be repeated after signing in.
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _note(request: HttpRequest, action: Any, decision: Decision) -> None:
    asked = getattr(request, "permission", "")
    audit.record(action, actor=actor_of(request), at=timezone.now(), permission=asked, rule=decision.rule)


def _came_from(request: HttpRequest) -> str:
    """The page to go back to: this one, or for a form the page it stood on, since it must be sent anew."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.path}?{page.query}".rstrip("?") if page.netloc == request.get_host() else "/"
