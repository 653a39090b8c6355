"""On the first page: that nothing is erased before somebody has said that the date is right."""

from collections.abc import Iterator

from django.db.models import Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.rights.models import ErasureClock
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.setup import api as setup
from tryggve.ui import menu, reminders

# Each page's question about the company tells it; what waits is asked about only when that was long ago.
setup.ask_with_the_company("erasures_looked_at", Subquery(ErasureClock.objects.values("looked_at")[:1]))


def of_clock(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """For who may have customers erased."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "rights.erase"):
        return
    if request.path != menu.first_address(user):
        return
    now = timezone.now()  # noqa: TID251 - asked by a view
    last = setup.told_with_the_company(request, "erasures_looked_at")
    if erasure_clock.is_too_long(last, at=now) and erasure_clock.doubted_since(at=now):
        words = _("What is to be erased waits until somebody says that this computer's date is right.")
        yield reminders.Reminder(words, reverse("rights:erasures"), _("Look at the date"), tone="warning")
