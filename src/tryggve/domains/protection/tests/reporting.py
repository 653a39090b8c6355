"""Protections that the tests measure as they like, and a report of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import NOW
from tryggve.controls import facts, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.catalogue import controls
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.registry import Measured, measure
from tryggve.controls.tests import here
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.protection.services import reports

DAY = timedelta(days=1)
LATER = NOW + 2 * DAY
NEXT_YEAR = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)
PERIOD = Period(date(2026, 1, 1), date(2026, 3, 4))
ANNA = "user:01890a5d-ac96-774b-bcce-b302099a8057"


def plant() -> None:
    """Everything is measured once a day, by what the test says."""
    registry._measures.clear()
    for one in controls():
        measure(
            one.id,
            every=DAY,
            valid=2 * DAY,
            causes={"no-dns": "Nobody answered."},
            facts={"people": facts.count("People without it"), "since": facts.day("Since")},
        )(lambda at: Measured(Verdict.PROVED))


def keep(
    control: str, verdict: Verdict | None = Verdict.PROVED, *, at: datetime = LATER, **found: Any
) -> None:
    """As if it had been measured five minutes before; None: nobody answered."""
    here.keep(control, Outcome(verdict, "" if verdict else "no-dns", found), at=at - timedelta(minutes=5))


def make(
    reader: str = Report.Reader.AUTHORITY,
    language: str = "en",
    *,
    with_names: bool = False,
    at: datetime = LATER,
) -> UUID:
    """A report by Anna."""
    return reports.make_report(Wanted(reader, language, PERIOD), with_names=with_names, actor=ANNA, at=at)


def furnish() -> None:
    """Something that holds, something that failed and was mended, something that fails."""
    keep("MAI-01", Verdict.FAILING, at=NOW, people=2)
    keep("MAI-01", people=0)
    keep("AUT-04", people=0)
    keep("WEB-01", Verdict.FAILING, people=1)
