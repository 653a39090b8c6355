"""On the first page: how many customers nothing needs any more, and that it is time to look through whom one keeps."""

from collections.abc import Iterator

from django.db.models import Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.accounts.policy import asking
from tryggve.domains.rights.engine import reviews
from tryggve.domains.rights.models import Due, Purpose, RetentionReview
from tryggve.domains.rights.selectors.retention import due
from tryggve.domains.setup import api as setup
from tryggve.ui import menu, reminders

# Each page's question about the company tells these, so that a page without anything to tell asks nothing more.
_LONGEST_DUE, _REVIEWED, _FIRST_PURPOSE = "longest_due_since", "retention_reviewed_at", "first_purpose_at"
setup.ask_with_the_company(
    _LONGEST_DUE, Subquery(Due.objects.order_by("needed_until", "pk").values("needed_until")[:1])
)
setup.ask_with_the_company(
    _REVIEWED, Subquery(RetentionReview.objects.order_by("-done_at").values("done_at")[:1])
)
setup.ask_with_the_company(
    _FIRST_PURPOSE, Subquery(Purpose.objects.order_by("made_at").values("made_at")[:1])
)


def of_due(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """For who may see them; the number of those within this person's reach."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "rights.retention"):
        return
    if request.path != menu.first_address(user):
        return
    address, link = reverse("rights:retention"), _("Look at them")
    reach = asking.reach(request)
    is_any = setup.told_with_the_company(request, _LONGEST_DUE) is not None
    if is_any and (count := due.due_within(reach).count()):
        words = ngettext(
            "%(count)d customer isn't needed for anything any more: decide whether to erase or keep.",
            "%(count)d customers aren't needed for anything any more: decide whom to erase or keep.",
            count,
        )
        yield reminders.Reminder(words % {"count": count}, address, link)
    if _is_review_due(request):
        words = _("It is time to look through whom you keep, and how long.")
        yield reminders.Reminder(words, address, _("To the list"))


def _is_review_due(request: HttpRequest) -> bool:
    begun = setup.told_with_the_company(request, _REVIEWED) or setup.told_with_the_company(
        request, _FIRST_PURPOSE
    )
    if begun is None:
        return False
    return reviews.next_review(timezone.localdate(begun), today=timezone.localdate()).is_due
