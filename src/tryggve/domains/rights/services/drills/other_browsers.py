"""Whether a customer's link opens nothing in another browser, as whoever it was sent on to would try it."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse

from tryggve.domains.access import api as access
from tryggve.domains.rights.services.drills import planted
from tryggve.domains.rights.services.links import links
from tryggve.lib import random_tokens

# Not six digits, so that it can't happen to be right.
_WRONG = "0"


def is_open(*, at: datetime) -> bool:
    """Whether somebody comes to a made-up customer's page without the code, or with a wrong one.

    Raises other_doors.NotAnswered where the link leads nobody in, and vault.Locked.
    """
    asked_in = random_tokens.new_token()
    with planted.customer(at=at) as one:
        token = links.make(
            customer=one.id, use=links.Use.PORTAL, browser=asked_in, address=one.address, at=at
        )
        way_in = reverse("portal:open", args=[token])
        elsewhere = access.Browser()
        elsewhere.send(way_in)
        elsewhere.send(way_in, code=_WRONG)
        if _at_own_page(elsewhere).goes_to != reverse("portal:ask"):
            return True
        own = access.Browser({settings.PORTAL_DOOR_COOKIE_NAME: asked_in})
        own.send(way_in)
        if _at_own_page(own).status != HTTPStatus.OK:
            raise access.other_doors.NotAnswered
    return False


def _at_own_page(browser: access.Browser) -> access.Page:
    return browser.get(reverse("portal:consents"))
