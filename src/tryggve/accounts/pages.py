from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from tryggve.accounts.models import User
from tryggve.audit import actors


class StaffRequest(HttpRequest):
    """A request that the permission gate let through to a page for people who work here."""

    user: User


def actor_of(request: HttpRequest) -> str:
    """What the audit log calls whoever asks: a person, a program by its token, or nobody known."""
    token = getattr(request, "api_token", None)
    if token is not None:
        return actors.token(token.pk)
    return request.user.actor if isinstance(request.user, User) else actors.ANONYMOUS


def path_within(address: str) -> str:
    """The address if it is a path on this host, else the first page: nobody is sent elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
