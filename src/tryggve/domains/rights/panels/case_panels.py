"""A customer's requests on the card, and who waits for an answer on the first page."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.accounts.policy import asking
from tryggve.domains.customers.api import Told
from tryggve.domains.rights import case_words
from tryggve.domains.rights.engine.case_clock import Clock, Pace
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.setup import api as setup
from tryggve.lib.rows_as_json import moment, rows_as_json
from tryggve.ui import menu, reminders

BESIDE = rows_as_json(
    Case.objects.filter(customer_ref=OuterRef("pk")),
    id="pk",
    kind="kind",
    state="state",
    due_on="due_on",
    opened_at="opened_at",
)

_TONES = ((Pace.LATE, "danger"), (Pace.SOON, "warning"), (Pace.CALM, ""))

# When the first of all answers is due: each page's question about the company tells it.
setup.ask_with_the_company(
    "first_answer_due_on",
    Subquery(Case.objects.filter(state=Case.State.OPEN).order_by("due_on").values("due_on")[:1]),
)


def of_customer(customer: UUID, request: HttpRequest, told: Told) -> Mapping[str, Any]:
    """What the card shows of them, the newest first; no question."""
    newest = sorted(told, key=lambda one: (moment(one["opened_at"]), UUID(one["id"])), reverse=True)
    return {"rows": [_row(one, timezone.localdate()) for one in newest]}


def of_waiting(request: HttpRequest) -> Iterator[reminders.Reminder]:
    """On the first page: answers that are late, those that are due within a week, and the others."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "rights.requests"):
        return
    if request.path != menu.first_address(user):
        return
    if setup.told_with_the_company(request, "first_answer_due_on") is None:
        return
    today, address, link = timezone.localdate(), reverse("rights:cases"), _("See the requests")
    clocks = [Clock(due, today) for due in cases.answers_due(reach=asking.reach(request))]
    for pace, tone in _TONES:
        if days := [one.due_on for one in clocks if one.pace is pace]:
            yield reminders.Reminder(_waiting(pace, len(days), days[0]), address, link, tone=tone)


def _waiting(pace: Pace, count: int, first: date) -> str:
    if pace is Pace.LATE:
        words = ngettext(
            "%(count)d customer has waited too long for an answer that the law demands.",
            "%(count)d customers have waited too long for an answer that the law demands.",
            count,
        )
    elif pace is Pace.SOON:
        words = ngettext(
            "%(count)d customer must have an answer within a week.",
            "%(count)d customers must have an answer within a week.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d customer has asked for something and must have an answer by %(day)s.",
            "%(count)d customers have asked for something; the first must have an answer by %(day)s.",
            count,
        )
    return words % {"count": count, "day": date_format(first, "DATE_FORMAT")}


def _row(told: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    clock = Clock(date.fromisoformat(told["due_on"]), today)
    left = case_words.time_left(clock) if told["state"] == Case.State.OPEN else ""
    return {
        "id": UUID(told["id"]),
        "kind": case_words.KINDS[told["kind"]],
        "state": left or Case.State(told["state"]).label,
    }
