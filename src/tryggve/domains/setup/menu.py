from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.setup.engine.first_steps import Step
from tryggve.domains.setup.models import Firm
from tryggve.domains.setup.selectors import first_start
from tryggve.ui import menu, reminders, today
from tryggve.vault.keeper_socket.client import KeeperSilent

menu.register(
    area=menu.COMPANY,
    label=gettext_lazy("The company"),
    url_name="setup:company",
    permission="setup.change-firm",
    order=55,
)
menu.register(
    area=menu.COMPANY,
    label=gettext_lazy("Mail settings"),
    url_name="setup:mail",
    permission="setup.change-mail",
    order=60,
)
menu.register(
    area=menu.COMPANY,
    label=gettext_lazy("Outbox"),
    url_name="setup:outbox",
    permission="setup.view-outbox",
    order=70,
)
menu.register(
    area=menu.COMPANY,
    label=gettext_lazy("Keys"),
    url_name="setup:keys",
    permission="setup.keys",
    order=50,
)

# What is reminded of, the most important first: the permission it takes, the words, and the page.
_PUT_OFF = {
    Step.KIT: (
        "setup.keys",
        gettext_lazy("No recovery kit yet: without one, copies of the register may never open again."),
        "setup:kit",
        gettext_lazy("Make the kit"),
    ),
    Step.MAIL: (
        "setup.change-mail",
        gettext_lazy("Tryggve can't send mail yet."),
        "setup:mail",
        gettext_lazy("Fill in the settings"),
    ),
}


@reminders.register
def of_first_start(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """During the first start the way back to it; afterwards, on the first page, what was put off."""
    user = request.user
    if not isinstance(user, User):
        return
    welcome, present = reverse("setup:welcome"), request.session.get(first_start.PRESENT_STEP)
    if request.path.startswith(welcome):  # they tell it themselves
        return
    steps = first_start.steps_of(user)
    if present in steps:
        told = _("First steps: %(number)s of %(total)s.")
        place = {"number": steps.index(Step(present)) + 1, "total": len(steps)}
        yield reminders.Reminder(told % place, welcome, _("Back to the first steps"))
    elif request.path == menu.first_address(user):
        yield from _put_off(user, getattr(request, "firm", None))


def _put_off(user: User, firm: Firm | None) -> Iterator[reminders.Reminder]:
    open_to = [step for step, (asked, *_words) in _PUT_OFF.items() if permissions.may(user, asked)]
    step = first_start.waiting(open_to, firm) if open_to else None
    if step is not None:
        _asked, text, url_name, link = _PUT_OFF[step]
        yield reminders.Reminder(text, reverse(url_name), link)


@today.register(order=0)
def register_cannot_be_read(request: HttpRequest) -> today.Card | None:
    """Who just came in must not wonder where the customers are; what passes by itself is no alarm."""
    if not permissions.may(request.user, "setup.unlock"):
        return None
    try:
        vault.keyring().require_unlocked()
    except vault.NotUnlocked:
        return _locked()
    except (vault.KeysChanging, KeeperSilent):
        return None
    except vault.Locked as lack:
        told = _("Nobody can open a customer until this is mended.")
        return today.Card(
            today.Place.ALARM,
            _("Something is wrong with the register's keys"),
            f"{told} {lack}",
            tone="danger",
        )
    return None


def _locked() -> today.Card:
    return today.Card(
        today.Place.ALARM,
        _("The register is locked"),
        _("Nobody can open a customer, and what is about customers can't be measured, until it is unlocked."),
        label=_("Unlock it"),
        address=reverse("setup:unlock"),
        tone="warning",
    )
