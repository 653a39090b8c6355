"""On the first page: that a withdrawal had a customer put aside, and that an older copy may have forgotten some."""

from collections.abc import Iterator

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.domains.rights.models import Erasure, PutBack
from tryggve.domains.rights.services.destruction.replaying import SHOWN_FOR
from tryggve.domains.setup import api as setup
from tryggve.ui import menu, reminders

_FIRST, _PUT_BACK = "first_erasure_by_itself", "data_put_back_at"
setup.ask_with_the_company(_PUT_BACK, Subquery(PutBack.objects.filter(pk=1).values("noticed_at")))


def _begun_by_itself() -> "QuerySet[Erasure]":
    return Erasure.objects.filter(state=Erasure.State.QUARANTINE, asked_by=actors.SYSTEM)


# Each page's question about the company tells it, so that a page without anything to tell asks nothing more.
setup.ask_with_the_company(
    _FIRST, Subquery(_begun_by_itself().order_by("destroys_at", "pk").values("destroys_at")[:1])
)


def of_begun(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """Until they are erased or called off: a withdrawal by a link in an old mail may have begun it."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "rights.erasures"):
        return
    if request.path != menu.first_address(user):
        return
    if setup.told_with_the_company(request, _FIRST) is None:
        return
    count = _begun_by_itself().count()
    words = ngettext(
        "No consent of %(count)d customer holds any more, so they were put aside, to be erased. Wrong? Call it off.",
        "No consent of %(count)d customers holds any more, so they were put aside, to be erased. Wrong? Call it off.",
        count,
    )
    yield reminders.Reminder(
        words % {"count": count}, reverse("rights:erasures"), _("See the erasures"), tone="warning"
    )


def of_put_back(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """For a month: an older copy of the data knows nothing of what customers said no to since."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "rights.erasures"):
        return
    if request.path != menu.first_address(user):
        return
    at = setup.told_with_the_company(request, _PUT_BACK)
    if at is None or timezone.now() - at >= SHOWN_FOR:  # noqa: TID251 - a part of each page
        return
    words = _(
        "An older copy of the data was put back, as was noticed on %(day)s. Consents that customers took back after"
        " that copy, objections and requests aren't in it. Write them down again before anybody writes to customers."
    )
    day = date_format(timezone.localtime(at), "DATE_FORMAT")
    yield reminders.Reminder(
        words % {"day": day}, reverse("rights:cases"), _("See the requests"), tone="danger"
    )
