"""Somebody's turns as a calendar. It names nobody: whoever runs the calendar can read it."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.routines.duties import catalogue, ics
from tryggve.routines.duties.models import Feed
from tryggve.routines.duties.selectors import tasks
from tryggve.ui import own_address

_UID_DOMAIN = "tryggve.invalid"


def calendar_of(person: User, *, at: datetime) -> bytes:
    """What is this person's to do, each on its last day in time; what is late lies on today."""
    today, words = timezone.localdate(at), catalogue.words(person.language)
    with translation.override(person.language):
        events = [
            _event(task, words[task.duty.code], max(task.until, today))
            for task in tasks.open_tasks(at)
            if person.pk in task.doers
        ]
        return ics.calendar(_("Routines in Tryggve"), events, language=person.language, made_at=at)


def has_calendar(person: User) -> bool:
    """Whether an address was made for this person that still works."""
    return Feed.objects.filter(user=person, ended_at=None).exists()


def _event(task: tasks.Task, words: catalogue.Words, on: date) -> ics.Event:
    title = _("Late: %(title)s") % {"title": words.title} if task.days_late else words.title
    minutes = _("About %(minutes)d minutes.") % {"minutes": task.duty.minutes}
    text = "\n\n".join((words.why, words.how, minutes, own_address.origin()))
    return ics.Event(f"{task.id}@{_UID_DOMAIN}", on, title, text)
