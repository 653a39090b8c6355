from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions
from tryggve.domains.protection.selectors import reports
from tryggve.ui import menu, today

menu.register(
    area=menu.TODAY, label=_("Today"), url_name="protection:today", permission="protection.today", order=10
)
menu.register(
    area=menu.PROTECTION,
    label=_("All protections"),
    url_name="protection:controls",
    permission="protection.view",
    order=10,
)
menu.register(
    area=menu.ROUTINES,
    label=_("What is due"),
    url_name="protection:routines",
    permission="protection.routines",
    order=10,
)
menu.register(
    area=menu.ROUTINES,
    label=_("Who does what"),
    url_name="protection:duties",
    permission="protection.routines",
    order=20,
)
menu.register(
    area=menu.ROUTINES,
    label=_("The captain's tasks"),
    url_name="protection:captains-tasks",
    permission="protection.routines",
    order=30,
)
menu.register(
    area=menu.ROUTINES,
    label=_("Staff meeting"),
    url_name="protection:meetings",
    permission="protection.routines",
    order=40,
)
menu.register(
    area=menu.PROTECTION,
    label=_("Report"),
    url_name="protection:reports",
    permission="protection.report",
    order=90,
)


@today.register(order=60)
def yearly_report(request: HttpRequest) -> today.Card | None:
    """In January: that the report of the last year is there."""
    on = timezone.localdate()
    if on.month != 1 or not permissions.may(request.user, "protection.report"):
        return None
    made = reports.yearly_report(on.year - 1)
    if made is None:
        return None
    return today.Card(
        today.Place.NEWS,
        _("The report of %(year)s is ready") % {"year": on.year - 1},
        _("It tells how you are protected, what failed and what was mended. Nobody is named in it."),
        label=_("Open the report"),
        address=reverse("protection:report-made", args=[made]),
    )
