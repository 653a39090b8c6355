from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options
from tryggve.routines.duties import catalogue
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.selectors.tasks import Task

_USUAL_DAYS, _MOST_DAYS = 7, 366


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {"due": "protection.routines"}
    help = _("What people are to do again and again.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        due = verbs.add_parser("due", help=_("what is late, and what is due in the next days"))
        due.add_argument(
            "--days",
            type=int,
            default=_USUAL_DAYS,
            choices=range(_MOST_DAYS + 1),
            metavar="DAYS",
            help=_("how many days to look ahead, 7 if nobody says; 0 is today"),
        )
        shared_options(due, again=True)

    def run(self, options: dict[str, Any]) -> int:
        """Ids, codes, titles and days, and no names; 1 when nothing is due."""
        setup.require()
        return self._due(options, at=timezone.now())

    def _due(self, options: dict[str, Any], *, at: datetime) -> int:
        found = tasks.due_tasks(at, within=timedelta(days=options["days"]))
        titles = catalogue.words(get_language() or "en")
        if options["json"]:
            self.say_json([_told(task, titles[task.duty.code].title) for task in found])
            return 0 if found else 1
        for task in found:
            late = _(" (%(days)d days late)") % {"days": task.days_late} if task.days_late else ""
            self.say(f"{task.id}  {task.until.isoformat()}{late}  {titles[task.duty.code].title}")
        if not found:
            self.say(_("Nothing is due."))
        return 0 if found else 1


def _told(task: Task, title: str) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "duty": task.duty.code,
        "title": title,
        "due_on": task.due_on.isoformat(),
        "until": task.until.isoformat(),
        "days_late": task.days_late,
        "postponed": task.is_postponed,
        "minutes": task.duty.minutes,
        "people": [str(person) for person in task.doers],
    }
