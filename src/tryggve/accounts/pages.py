from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from tryggve.accounts.models import User
from tryggve.accounts.policy import Reach, asking
from tryggve.audit import actors


class StaffRequest(HttpRequest):
    """A request that the permission gate let through to a page for people who work here."""

    user: User


class WhoAsks(TypedDict):
    """Who looks or changes, when, and whose customers they reach."""

    actor: str
    at: datetime
    reach: Reach


def actor_of(request: HttpRequest) -> str:
    """What the audit log calls whoever asks: a person, a program by its token, or nobody known."""
    token = getattr(request, "api_token", None)
    if token is not None:
        return actors.token(token.pk)
    return request.user.actor if isinstance(request.user, User) else actors.ANONYMOUS


def who_asks(request: HttpRequest) -> WhoAsks:
    """What every service and selector about a customer wants to know of the request."""
    at = timezone.now()  # noqa: TID251 - a part of the view of a customer
    return {"actor": actor_of(request), "at": at, "reach": asking.reach(request)}


def path_within(address: str) -> str:
    """The address if it is a path on this host, else the first page: nobody is sent elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
