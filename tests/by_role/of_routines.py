"""What is to be done again and again, the staff meeting, and somebody's calendar."""

from datetime import datetime, timedelta
from typing import Any

from tests.by_role.rows import rows
from tryggve.accounts.models import User
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import calendars, doing, meetings, planning
from tryggve.routines.duties.services.doing import Outcome

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
protection:routines             GET       s    u    +    +    +    +    +    +    +    -
protection:routines-everybody   GET       s    u    +    +    +    +    +    +    +    -
protection:routine              GET       s    u    +    +    +    +    +    +    +    -
# Somebody else's, as they are told on the page
protection:routine-done         POST      s    u    +    +    +    +    +    +    -    -
protection:routine-postpone     POST      s    u    +    +    +    +    +    +    -    -
protection:routine-take-back    POST      s    u    +    +    +    c    c    c    -    -
protection:duties               GET       s    u    +    +    +    +    +    +    +    -
protection:duty                 GET       s    u    +    +    +    +    +    +    +    -
protection:duty-assign          POST      s    u    +    +    +    -    -    -    -    -
protection:duty-off             POST      s    u    +    +    +    -    -    -    -    -
protection:duty-on              POST      s    u    +    +    +    -    -    -    -    -
protection:captains-tasks       GET       s    u    +    +    +    +    +    +    +    -
protection:meetings             GET       s    u    +    +    +    +    +    +    +    -
protection:meeting              GET       s    u    +    +    +    +    +    +    +    -
protection:meeting-file         GET       s    u    +    +    +    +    +    +    +    -
# Made and led by who leads the talk; who isn't that is told so
protection:meeting-make         POST      s    u    +    +    +    c    c    c    -    -
protection:meeting-held         POST      s    u    +    +    +    +    +    +    -    -
protection:meeting-not-held     POST      s    u    +    +    +    c    c    c    -    -
protection:meeting-there        POST      s    u    +    +    +    +    +    +    -    -
protection:calendar             GET,POST  s    u    +    +    +    +    +    +    -    -
protection:calendar-end         POST      s    u    +    +    +    +    +    +    -    -
# A calendar program fetches it, and has nothing but the address
protection:calendar-feed        GET       +    +    +    +    +    +    +    +    +    +
""")
BODIES: dict[str, dict[str, Any]] = {
    "protection:routine-done": {"outcome": "WELL"},
    "protection:routine-postpone": {"to": "2026-03-20", "reason": "no time"},
    "protection:duty-assign": {"person": ""},
    "protection:duty-off": {"reason": "no time"},
    "protection:meeting-held": {"on": "2026-03-02"},
}

_TOLD: dict[str, object] = {
    "proven": 1, "of": 40, "opened": [], "still": [], "failing": 0, "mended": [], "mended_count": 0, "topic": "INC-03",
    "came": 0, "left": 0, "done": 0, "late": 0, "trained": 0, "people": 1, "incidents": 0, "coming": [],
}  # fmt: skip


def things(anna: User, at: datetime) -> dict[str, Any]:
    """An open routine and one that Anna did, an agenda that waits and a meeting that was held, her calendar."""
    planning.plan(at=at)
    done = Turn.objects.open().get(duty="check-tools")
    doing.done(turn=done.pk, by=anna, outcome=Outcome.WELL, at=at)
    held = meetings.make_agenda(told=_TOLD, tells_from=at - timedelta(days=91), by=anna, at=at)
    meetings.hold(meeting=held, on=at.date(), by=anna, at=at)
    waiting = meetings.make_agenda(told=_TOLD, tells_from=at, by=anna, at=at)
    return {
        "duty": "install-updates",
        "turn": Turn.objects.open().get(duty="install-updates").pk,
        "protection:routine-take-back turn": done.pk,
        "meeting": held,
        "protection:meeting-held meeting": waiting,
        "protection:calendar-feed token": calendars.make_calendar(user=anna, at=at),
    }
