"""Where people reach this installation: what a link in a mail begins with. Never what a request calls it."""

from django.conf import settings
from django.urls import reverse

from tryggve.lib import folders as folder
from tryggve.supervisor import lock

_USUAL = "http://localhost:8000"


def origin() -> str:
    """As the firm set it, else where the running ``up`` answers; without a slash at its end."""
    chosen: str = settings.ORIGIN
    return chosen or (lock.running_at(folder.current()) or _USUAL).rstrip("/")


def link_to(url_name: str, *arguments: str) -> str:
    """The whole address of a page."""
    return origin() + reverse(url_name, args=arguments)
