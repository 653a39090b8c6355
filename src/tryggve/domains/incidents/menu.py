from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tryggve.accounts import permissions
from tryggve.domains.incidents.selectors import reports
from tryggve.ui import menu, today

menu.register(
    area=menu.EVENTS,
    label=_("Something has happened"),
    url_name="incidents:report",
    permission="incidents.report",
    order=4,
)
menu.register(
    area=menu.EVENTS,
    label=_("What was told"),
    url_name="incidents:reports",
    permission="incidents.view",
    order=6,
)


@today.register(order=10)
def something_has_happened(request: HttpRequest) -> today.Card | None:
    """The button, for everybody."""
    if not permissions.may(request.user, "incidents.report"):
        return None
    return today.Card(
        today.Place.HELP,
        _("Has something happened?"),
        text=_(
            "Tell it at once, also if you are not sure. It takes a minute, and nobody looks for who is to blame."
        ),
        label=_("Something has happened"),
        address=reverse("incidents:report"),
        tone="danger",
    )


@today.register(order=1)
def what_was_told(request: HttpRequest) -> today.Card | None:
    """What waits, for who sees to it."""
    if not permissions.may(request.user, "incidents.view") or not (count := reports.open_count()):
        return None
    told = ngettext(
        "Somebody has told that something happened, and waits for an answer.",
        "Somebody has told that something happened, %(count)d times, and waits for an answer.",
        count,
    )
    return today.Card(
        today.Place.ALARM,
        _("Something has happened"),
        text=told % {"count": count},
        label=_("Read it"),
        address=reverse("incidents:reports"),
        tone="danger",
    )
