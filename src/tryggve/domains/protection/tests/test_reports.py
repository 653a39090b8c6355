"""Making a report: what is kept and logged, and the yearly one."""

import json
from datetime import date
from uuid import uuid4

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit import registry
from tryggve.audit.models import Entry
from tryggve.controls import services as controls
from tryggve.controls.engine.verdict import Verdict
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import reports as selectors
from tryggve.domains.protection.selectors.report_history import INCIDENT_REPORTED
from tryggve.domains.protection.services import reports
from tryggve.domains.protection.tests.reporting import ANNA, DAY, LATER, NEXT_YEAR, furnish, keep, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted", "firm")]


def test_making_is_logged_and_the_entry_that_goes_out_names_nobody() -> None:
    made = Report.objects.get(pk=make(with_names=True))
    by = {entry.action: entry for entry in Entry.objects.filter(action__startswith="protection.")}
    assert {action: (entry.actor, entry.facts) for action, entry in by.items()} == {
        "protection.report-made": (
            ANNA,
            {"reader": "authority", "language": "en", "with_names": True, "report": made.digest},
        ),
        "protection.report-sealed": (
            "system",
            {"report": made.digest, "controls": len(json.loads(made.content)["controls"])},
        ),
    }
    assert by["protection.report-sealed"].pk == made.entry


def test_report_stays_as_it_was_made() -> None:
    furnish()
    made = make()
    before = selectors.report(made, with_names=True).content
    keep("AUT-04", Verdict.FAILING, at=LATER + DAY)
    assert selectors.report(made, with_names=True).content == before


def test_reports_stand_the_newest_first() -> None:
    first, second = make(), make(at=LATER + DAY)
    assert [one.id for one in selectors.reports_made()] == [second, first]
    with pytest.raises(selectors.NoSuchReport):
        selectors.report(uuid4(), with_names=True)


@pytest.mark.parametrize(("with_names", "names"), [(True, {"Anna Ek"}), (False, set())])
def test_names_are_told_only_if_wanted(anna: User, with_names: bool, names: set[str]) -> None:
    controls.attest(control="GOV-02", by=anna, note="", until=None, at=NOW)
    assert set(selectors.report(make(with_names=with_names), with_names=True).names.values()) == names


def test_action_that_counts_as_an_incident_is_declared() -> None:
    assert INCIDENT_REPORTED in registry.actions()


def test_year_has_one_report_of_the_companys_own() -> None:
    made = reports.make_yearly_report(at=NEXT_YEAR)
    again = reports.make_yearly_report(at=NEXT_YEAR + DAY)
    row = Report.objects.get()
    assert (row.pk, again, row.reader, row.language) == (made, None, "OWN", "sv")
    assert (row.since, row.until, row.with_names) == (date(2026, 1, 1), date(2026, 12, 31), False)


def test_year_before_tryggve_was_in_use_has_no_report() -> None:
    assert reports.make_yearly_report(at=LATER) is None
