from django.http import HttpRequest

from tryggve.accounts.models import User


class StaffRequest(HttpRequest):
    """A request that the permission gate let through to a page for people who work here."""

    user: User


def actor_of(request: HttpRequest) -> str:
    """What the audit log calls whoever asks."""
    return request.user.actor if isinstance(request.user, User) else "anonymous"
