"""What the first page says about messages to customers."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, Subquery, UUIDField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.outreach.engine import quarters as engine
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.selectors import quarters
from tryggve.domains.setup import api as setup
from tryggve.ui import menu, reminders

_PERHAPS, _PAUSED, _DECIDED = "outreach_perhaps", "outreach_paused", "outreach_decided"


def ask_with_the_company() -> None:
    """Three values, each found by an index, in the question that every page asks anyway."""
    unclear = Addressee.objects.filter(state=Addressee.State.PERHAPS, settled_at=None)
    held_up = Mailing.objects.filter(state=Mailing.State.PAUSED)
    setup.ask_with_the_company(_PERHAPS, _id(unclear.order_by("mailing").values("mailing")))
    setup.ask_with_the_company(_PAUSED, _id(held_up.order_by("-made_at").values("pk")))
    setup.ask_with_the_company(_DECIDED, quarters.latest_decided())


def _id(found: QuerySet[Any, Any]) -> Subquery:
    return Subquery(found[:1], output_field=UUIDField())


def of_messages(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """Mails that perhaps left, a sending that is held up, and the word of the quarter when its day comes near."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "outreach.write"):
        return
    if request.path != menu.first_address(user):
        return
    if mailing := setup.told_with_the_company(request, _PERHAPS):
        yield reminders.Reminder(
            _("Tryggve was stopped while it wrote to customers. Some perhaps got the message, perhaps not."),
            reverse("outreach:mailing", args=[mailing]),
            _("Look who"),
            tone="warning",
        )
    if mailing := setup.told_with_the_company(request, _PAUSED):
        address = reverse("outreach:mailing", args=[mailing])
        yield reminders.Reminder(
            _("A message to customers is paused."), address, _("See why"), tone="warning"
        )
    yield from _of_quarter(request)


def _of_quarter(request: HttpRequest) -> Iterator[reminders.Reminder]:
    today = timezone.localdate()
    last = engine.quarter_of(today).before
    decided = setup.told_with_the_company(request, _DECIDED) or ""
    since = setup.in_use_since(request)
    if decided >= last.code or since is None or since > last.last:
        return
    offer = quarters.offer_of(last, today=today)
    if offer.is_soon:
        words = _("The word to your customers on how their data is protected is due on %(day)s.")
        day = date_format(offer.due_on, "DATE_FORMAT")
        address = reverse("outreach:mailings")
        tone = "warning" if offer.is_late else ""
        yield reminders.Reminder(words % {"day": day}, address, _("Write it"), tone=tone)
