"""All that a report says, gathered once: it never changes after."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone, translation

from tryggve.accounts.models import User
from tryggve.controls import catalogue, selectors
from tryggve.controls.engine.standing import Score, State
from tryggve.domains.protection.selectors import report_controls, report_history
from tryggve.domains.protection.selectors.company_sizes import Size
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.setup import api as setup
from tryggve.routines.duties import whose

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: for whom (``Report.Reader``), in which language, over what time."""

    reader: str
    language: str
    period: Period


def content_of(wanted: Wanted, *, size: Size, now: datetime) -> Told:
    """As JSON has it: how everything stands now, and what happened in the period. As many queries for more of it.

    Counted are the protections of the company's list; what fails is told of, counted or not.
    """
    with translation.override(wanted.language):
        return _content(wanted, size=size, now=now)


def _content(wanted: Wanted, *, size: Size, now: datetime) -> Told:
    language, reader, period, tier = wanted.language, wanted.reader, wanted.period, size.tier
    known, counted = selectors.protections(now=now), catalogue.controls_of(tier)
    standings = {id: one.standing for id, one in known.items()}
    every = catalogue.controls()
    told = [one for one in every if one in counted or standings[one.id].state is State.FAILING]
    areas = dict.fromkeys(one.area for one in told)
    return {
        "v": 1,
        "firm": {"name": setup.firm_name(), "country": setup.firm_country()},
        "reader": reader.lower(),
        "language": language,
        "made_at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "period": {"since": period.since.isoformat(), "until": period.until.isoformat()},
        "tier": tier,
        "is_tier_chosen": size.is_chosen,
        "not_counted": len(every) - len(counted),
        "score": _score(selectors.score(tier, standings=standings)),
        "months": report_history.told_months(period, tier=tier, today=timezone.localdate(now)),
        "areas": [{"area": one, "name": catalogue.area_name(one, language)} for one in areas],
        "controls": report_controls.told_controls(known, told, counted, reader=reader, language=language),
        "findings": report_history.told_findings(period, reader=reader, language=language),
        "routines": report_history.told_routines(period, now=now, language=language),
        "people": User.objects.filter(is_active=True, role__in=whose.WORKERS).count(),
        "incidents": report_history.incident_count(period),
    }


def _score(score: Score) -> Told:
    names = ("of", "proven", "attested", "stale", "failing", "unknown", "not_applicable")
    return {name: getattr(score, name) for name in names}
