from collections.abc import Iterator

from django.db.models import Case, F, Subquery, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.backups.models import Place, RestoreTest
from tryggve.domains.backups.selectors import overview
from tryggve.domains.setup import api as setup
from tryggve.ui import menu, reminders, today

menu.register(
    area=menu.PROTECTION,
    label=_("Backups"),
    url_name="backups:overview",
    permission="backups.view",
    order=40,
)
# Asked with what every page asks anyway.
_PLACE, _FAILED = "backups_place", "backups_failed_test"
setup.ask_with_the_company(
    _PLACE, Subquery(Place.objects.filter(removed_at=None).order_by().values("pk")[:1])
)
setup.ask_with_the_company(
    _FAILED,
    Subquery(
        overview.ended_tests().values_list(Case(When(state=RestoreTest.State.FAILED, then=F("pk"))))[:1]
    ),
)


@reminders.register
def another_computer_has_it(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """On every page, to everybody: what is written here is lost."""
    if not isinstance(request.user, User) or not setup.is_taken_over():
        return
    told = _(
        "Don't use this Tryggve any more: another computer has taken the register over, and what is written here is "
        "lost. Ask who runs it for the right address."
    )
    if permissions.may(request.user, "backups.view"):
        yield reminders.Reminder(told, reverse("backups:overview"), _("To the backups"), tone="danger")
    else:
        yield reminders.Reminder(told, tone="danger")


@today.register(order=20)
def choose_a_place(request: HttpRequest) -> today.Card | None:
    """What a new company is asked, until there is somewhere for copies to go."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "backups.change"):
        return None
    if setup.told_with_the_company(request, _PLACE) is not None:
        return None
    return today.Card(
        today.Place.START,
        _("Where should your backups go?"),
        _(
            "Until there is a place, a broken disk takes everything. It takes five minutes with a disk at hand."
        ),
        label=_("Choose a place"),
        address=reverse("backups:place-add"),
    )


@today.register(order=30)
def restore_test_failed(request: HttpRequest) -> today.Card | None:
    """A copy that couldn't be restored is found out now, and not on the day when it is needed."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "backups.view"):
        return None
    failed = setup.told_with_the_company(request, _FAILED)
    if failed is None:
        return None
    return today.Card(
        today.Place.ALARM,
        _("The last restore test failed"),
        _("Don't count on your backups until it is mended. The test says what was wrong."),
        label=_("Look at the test"),
        address=reverse("backups:test", args=[failed]),
        tone="danger",
    )
