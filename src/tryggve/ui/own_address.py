"""Where people reach this installation: what a link in a mail begins with. Never what a request calls it."""

import ipaddress
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggve.lib import folders as folder
from tryggve.lib.errors import Refusal
from tryggve.supervisor import lock

_USUAL = "http://localhost:8000"


def origin() -> str:
    """As the firm set it, else where the running ``up`` answers; without a slash at its end."""
    chosen: str = settings.ORIGIN
    return chosen or (lock.running_at(folder.current()) or _USUAL).rstrip("/")


def link_to(url_name: str, *arguments: str) -> str:
    """The whole address of a page."""
    return origin() + reverse(url_name, args=arguments)


class NotReached(Refusal):
    """A link would lead its reader to their own computer."""

    sentence: ClassVar = _(
        "Nobody can reach Tryggve from another computer yet, so no mail with a link is sent to customers. Nothing was "
        "changed. Tell whoever looks after the computer to set the address (TRYGGVE_ORIGIN) and start Tryggve anew."
    )


def is_reached() -> bool:
    """Whether links may stand in mails to strangers: an address was set, or others can open the one there is."""
    return bool(settings.ORIGIN) or is_for_others()


def require_reached() -> None:
    """Raises NotReached."""
    if not is_reached():
        raise NotReached


def is_for_others() -> bool:
    """Whether somebody at another computer can open it: a link for strangers is told only then."""
    host = urlsplit(origin()).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
