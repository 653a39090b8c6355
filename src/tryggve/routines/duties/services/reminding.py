"""Mails about what is to be done: the week's on Monday morning, else on the day itself, never two on one day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.notices import recipients
from tryggve.notices import selectors as mail
from tryggve.notices import services as notices
from tryggve.routines.duties import catalogue, mail_days, whose
from tryggve.routines.duties import notices as kinds
from tryggve.routines.duties.mail_days import Mail, Sent
from tryggve.routines.duties.models import MailDay
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.selectors.tasks import Task
from tryggve.ui import own_address

# In the company's own time.
MORNING, EVENING = 7, 20
_KINDS = {Mail.WEEK: kinds.WEEK, Mail.DUE: kinds.DUE}


def remind(*, at: datetime) -> int:
    """Mail everybody who has something to do; returns how many. Nothing at night, nor without a mail server.

    Raises vault.Locked when the service key can't be had.
    """
    now = timezone.localtime(at)
    if not MORNING <= now.hour < EVENING or mail.the_mail_server() is None:
        return 0
    people = whose.people_here(at)
    found = tasks.open_tasks(at, people=people)
    sent = _sent(people, today=now.date())
    return sum(_remind(person, found, sent[person.actor], at=at, today=now.date()) for person in people)


def _sent(people: Sequence[User], *, today: date) -> dict[str, Sent]:
    # A clock that ran ahead would keep everybody waiting until it is right.
    MailDay.objects.filter(day__gt=today + timedelta(days=1)).delete()
    rows = MailDay.objects.values("user").annotate(
        last=Max("day"), last_week=Max("day", filter=Q(is_about_the_week=True))
    )
    known = {user: (last, week) for user, last, week in rows.values_list("user", "last", "last_week")}
    return {person.actor: _sent_to(person, *known.get(person.pk, (None, None)), today) for person in people}


def _sent_to(person: User, last_on: date | None, last_week_on: date | None, today: date) -> Sent:
    # Who came today hears of what is due from tomorrow on.
    came_on = min(timezone.localdate(person.created_at), today - timedelta(days=1))
    return Sent(last_on or came_on, last_week_on or came_on)


def _remind(person: User, found: Sequence[Task], sent: Sent, *, at: datetime, today: date) -> bool:
    own = [task for task in found if person.pk in task.doers]
    due = mail_days.mail_for([task.until for task in own], sent=sent, today=today)
    if due is None:
        return False
    last = mail_days.sunday_of(today) if due is Mail.WEEK else today
    return _send(due, person, [task for task in own if task.until <= last], at=at, today=today)


@transaction.atomic
def _send(about: Mail, person: User, due: Sequence[Task], *, at: datetime, today: date) -> bool:
    _row, is_first = MailDay.objects.get_or_create(
        user=person, day=today, defaults={"is_about_the_week": about is Mail.WEEK}
    )
    if is_first:
        notices.send(
            _KINDS[about],
            to=recipients.staff(person),
            at=at,
            name=person.name,
            tasks=_told(due, person.language, today),
            minutes=sum(task.duty.minutes for task in due),
            count=len(due),
            address=own_address.origin(),
        )
    return is_first


def _told(due: Sequence[Task], language: str, today: date) -> str:
    words = catalogue.words(language)
    with translation.override(language):
        return "\n".join(f"- {_line(task, words[task.duty.code].title, today)}" for task in due)


def _line(task: Task, title: str, today: date) -> str:
    facts = {
        "title": title,
        "minutes": task.duty.minutes,
        "day": _("today") if task.until == today else date_format(task.until, "DATE_FORMAT"),
    }
    if task.days_late:
        return _("%(title)s (about %(minutes)d minutes). It was due on %(day)s.") % facts
    return _("%(day)s: %(title)s (about %(minutes)d minutes)") % facts
