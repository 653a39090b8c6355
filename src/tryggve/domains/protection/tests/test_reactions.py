"""What was done in the product is a routine done."""

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tryggve.accounts import leaving
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.audit.registry import actions
from tryggve.controls import registry
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Probe
from tryggve.controls.tests import here
from tryggve.domains.protection.tests.routines import DAY, begin, open_turn
from tryggve.routines.duties.models import Turn

pytestmark = pytest.mark.django_db


def test_notice_that_is_published_is_the_routine_of_reading_it(
    anna: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    begin(anna, at=now)
    turn = open_turn("review-privacy-notice")
    published = actions()["rights.notice-published"]
    with django_capture_on_commit_callbacks(execute=True):
        audit.record(published, actor=anna.actor, at=now, language="sv", number=1, fingerprint="ab12")
    turn.refresh_from_db()
    assert (turn.done_by, turn.done_on) == (anna.actor, timezone.localdate(now))


def test_new_owner_has_routines_at_once(
    anna: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert not Turn.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        audit.record(actions()["setup.firm-claimed"], actor=anna.actor, at=timezone.now(), subject=anna.pk)
    assert open_turn("confirm-captain").due_on > timezone.localdate()


def test_new_colleague_has_routines_at_once(
    anna: User, bo: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    begin(anna, at=timezone.now())
    Turn.objects.filter(about=bo.actor).delete()
    with django_capture_on_commit_callbacks(execute=True):
        audit.record(
            actions()["access.invitation-accepted"],
            actor=bo.actor,
            at=timezone.now(),
            subject=bo.pk,
            invitation=str(bo.pk),
            role="employee",
        )
    assert open_turn("train", bo.actor)


def test_account_that_is_closed_calls_for_a_look_at_who_has_access(
    anna: User, bo: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    begin(anna, bo, at=now - DAY)
    with django_capture_on_commit_callbacks(execute=True):
        leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)
    assert not Turn.objects.open().filter(about=bo.actor).exists()
    assert open_turn("change-wifi").due_on == timezone.localdate(now) + DAY


def test_what_could_not_be_measured_is_tried_when_somebody_can_begin(
    anna: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    for control in ("ACC-01", "ACC-02"):
        here.keep(control, Outcome(cause="not-begun"), at=now - DAY)
    here.keep("MAI-01", Outcome(verdict=Verdict.PROVED), at=now - DAY)
    Probe.objects.update(due_at=now + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        audit.record(actions()["access.factor-added"], actor=anna.actor, at=now, subject=anna.pk, kind="totp")
    assert set(Probe.objects.due(now).values_list("control", flat=True)) == {"ACC-02"}
    later = now + registry.measures()["ACC-01"].waits
    assert set(Probe.objects.due(later).values_list("control", flat=True)) == {"ACC-01", "ACC-02"}
