"""What is kept of somebody who told that something happened: handed out, and forgotten with the account."""

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.incidents.models import Report, TrialAlert
from tryggve.domains.incidents.selectors import reports as reports_told
from tryggve.domains.incidents.services import reports
from tryggve.domains.incidents.tests.telling import WORDS, tell
from tryggve.privacy import services as privacy
from tryggve.privacy.export import Part
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


def _parts(person: User) -> list[Part]:
    found = privacy.export_person(Subject(Kind.STAFF, person.pk), actor=person.actor, at=NOW)
    return [part for held in found.held if held.code == "incidents.reports" for part in held.parts]


def test_what_bo_told_and_the_answer_are_handed_out_to_bo_alone(bo: User, karin: User) -> None:
    report = tell(bo)
    tell(None, words="Nobody's.")
    reports.answer(report=report, words="Tack!", actor=karin.actor, at=NOW)
    [part] = _parts(bo)
    assert {value.code: value.content for value in part.values}["words"] == WORDS
    assert {value.code: value.content for value in part.values}["answer"] == "Tack!"
    assert _parts(karin) == []


def test_an_erased_account_is_named_by_no_report_and_no_alarm(bo: User, karin: User) -> None:
    tell(bo)
    TrialAlert.objects.create(to_ref=bo.pk, token_hash="a" * 64, sent_at=NOW)
    TrialAlert.objects.create(to_ref=karin.pk, token_hash="b" * 64, sent_at=NOW)
    privacy.erase_person(Subject(Kind.STAFF, bo.pk), actor="system", at=NOW)
    assert [report.by_ref for report in Report.objects.all()] == [None]
    report = reports_told.report(Report.objects.get().pk, actor=karin.actor, at=NOW)
    assert (report.line.is_anonymous, report.line.who) == (False, "")
    assert [trial.to_ref for trial in TrialAlert.objects.all()] == [karin.pk]
