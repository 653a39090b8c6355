"""DAT-04: people's data lies in few places, and what lies outside the register was found lately."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.datamap.models import Goal, Scan, Source
from tryggve.domains.datamap.selectors import overview

# A month, and some days to be late: a computer may be off.
_LASTS: Final = timedelta(days=36)
# So long may a file wait for somebody to say what becomes of it.
_WAITS: Final = timedelta(days=30)


@measure(
    "DAT-04",
    every=timedelta(hours=1),
    valid=timedelta(hours=6),
    keeps=timedelta(hours=4),
    deadline=timedelta(seconds=30),
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "not-lately": _("A place hasn't been looked through for more than a month"),
                "waiting": _(
                    "Files with personal data have waited for more than a month for what becomes of them"
                ),
                "above-goal": _("More places hold personal data than you want"),
            },
        ),
        "places": facts.count(_("Places that are looked through")),
        "holding": facts.count(_("Places of these that hold personal data")),
        "goal": facts.count(_("How many may, at the most")),
        "files": facts.count(_("Files with personal data outside the register")),
        "waiting": facts.count(_("Of these, waiting for more than a month")),
        "not_read": facts.count(_("Files that could not be looked into")),
        "oldest_from": facts.day(_("Day of the oldest such file")),
        "scanned_on": facts.day(_("Day on which the place was looked through that it was longest ago for")),
    },
    causes={
        "no-place": _("Tryggve doesn't know yet where old lists of customers may lie."),
        "awaited": _("A place is being looked through for the first time."),
    },
    asks={"no-place"},
    mend=Mend("datamap:overview", _("To the data map"), "datamap.view"),
)
def data_lies_in_few_places(at: datetime) -> Measured:
    """Asks what the scans found: no name and no path is opened, so that it works while the register is locked."""
    there = Source.objects.filter(removed_at=None)
    if not there:
        raise CannotMeasure("no-place")
    done = [_last_done(one) for one in there]
    if None in done:
        raise CannotMeasure("awaited")
    scanned = min(one.ended_at for one in done if one and one.ended_at)
    files = overview.holding()
    holding = overview.places_holding()
    waiting = files.filter(first_found_at__lte=at - _WAITS).count()
    goal = Goal.objects.first()
    told: dict[str, facts.Value] = {
        "places": len(done),
        "holding": holding,
        "files": files.count(),
        "waiting": waiting,
        "not_read": sum(one.not_scanned for one in done if one),
        "scanned_on": timezone.localdate(scanned),
    }
    if (oldest := files.aggregate(day=Min("changed_on"))["day"]) is not None:
        told["oldest_from"] = oldest
    if goal is not None:
        told["goal"] = goal.places
    if wrong := _wrong(scanned, waiting, is_above=goal is not None and holding > goal.places, at=at):
        return Measured(Verdict.FAILING, told | {"wrong": wrong})
    return Measured(Verdict.PROVED, told)


def _wrong(scanned: datetime, waiting: int, *, is_above: bool, at: datetime) -> str:
    if scanned < at - _LASTS:
        return "not-lately"
    if waiting:
        return "waiting"
    return "above-goal" if is_above else ""


def _last_done(source: Source) -> Scan | None:
    return source.scans.filter(state=Scan.State.DONE).order_by("-ended_at").first()
