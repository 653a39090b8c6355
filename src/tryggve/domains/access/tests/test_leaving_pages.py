"""Somebody leaves: who takes over, what will happen, done; and what is left to people."""

from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tryggve.accounts import handovers, leaving
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit.models import Entry
from tryggve.domains.access.models import LeavingStep
from tryggve.domains.access.services import invitations, leaving_steps
from tryggve.domains.access.services.invitations import Place

pytestmark = pytest.mark.django_db
BUILT_IN = ["access.shared-passwords", "access.wifi", "access.devices"]


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _is_active(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


@pytest.fixture
def gone(anna: User, bo: User) -> str:
    """The page of Bo, who has left."""
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now())
    return f"/company/people/{bo.pk}/"


def test_first_who_takes_over_then_what_will_happen_and_nothing_is_done_yet(
    as_anna: Client, anna: User, bo: User
) -> None:
    Authenticator.objects.create(user=bo, type=Authenticator.Type.TOTP, data={})
    page = f"/company/people/{bo.pk}/leave/"
    assert f'<option value="{bo.pk}"' not in _text(as_anna.get(page))
    text = _text(as_anna.get(page, {"successor": str(anna.pk)}))
    for one in handovers.all_handovers():
        assert escape(str(one.title)) in text
    assert 'recovery codes end. <span class="term">(1)</span>' in text
    assert "What is handed over goes to Anna Ek." in text
    assert _is_active(bo)
    assert Authenticator.objects.filter(user=bo).exists()


def test_one_button_closes_the_account_and_ends_its_factors_and_invitations(
    as_anna: Client, anna: User, karin: User
) -> None:
    Authenticator.objects.create(user=karin, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})
    place = Place(Role.EMPLOYEE, Scope.ALL, {})
    told: dict[str, Any] = {"name": "Dan", "email": "dan@example.se", "language": "da", "by_mail": False}
    invitations.invite(**told, place=place, by=karin, at=timezone.now())
    answer = as_anna.post(f"/company/people/{karin.pk}/leave/", {"successor": str(anna.pk)}, follow=True)
    assert "The account is closed." in _text(answer)
    assert not _is_active(karin)
    assert [one.user for one in Authenticator.objects.all()] == [anna]
    assert invitations.count_open_of(karin) == 0
    facts = Entry.objects.get(action="accounts.left").facts
    assert {"access.factors", "access.invitations", "access.leaving-list"} <= set(facts["handed_over"])


@pytest.mark.parametrize("successor", ["", "nobody", "bo", "auditor"])
def test_without_somebody_who_can_take_over_nothing_happens(
    as_anna: Client, bo: User, karin: User, successor: str
) -> None:
    User.objects.filter(pk=karin.pk).update(role=Role.AUDITOR)
    given = {"bo": str(bo.pk), "auditor": str(karin.pk)}.get(successor, successor)
    for browse in (as_anna.get, as_anna.post):
        answer = browse(f"/company/people/{bo.pk}/leave/", {"successor": given})
        assert "Please mend this" in _text(answer)
    assert _is_active(bo)


def test_list_of_what_is_left_stands_on_the_page_and_is_ticked_off(
    as_anna: Client, anna: User, bo: User, gone: str
) -> None:
    assert [step.code for step in LeavingStep.objects.filter(user=bo)] == BUILT_IN
    assert "Change the password of the Wi-Fi" in _text(as_anna.get(gone))
    answer = as_anna.post(f"{gone}left/", {"step": "access.wifi", "done": "yes"}, follow=True)
    step = LeavingStep.objects.get(user=bo, code="access.wifi")
    assert (step.done_at is not None, step.done_by_ref) == (True, anna.pk)
    assert "Not done after all" in _text(answer)
    as_anna.post(f"{gone}left/", {"step": "access.wifi", "done": "no"})
    step.refresh_from_db()
    assert (step.done_at, step.done_by_ref) == (None, None)
    marks = Entry.objects.filter(action="access.leaving-step-marked").order_by("pk")
    assert [(one.subject, one.facts) for one in marks] == [
        (bo.pk, {"step": "access.wifi", "done": True}),
        (bo.pk, {"step": "access.wifi", "done": False}),
    ]


def test_ticking_twice_is_one_entry(anna: User, bo: User, gone: str) -> None:
    for _time in range(2):
        leaving_steps.mark(person=bo.pk, code="access.wifi", is_done=True, by=anna, at=timezone.now())
    assert Entry.objects.filter(action="access.leaving-step-marked").count() == 1


def test_step_that_is_on_no_list_is_refused_in_words(as_anna: Client, gone: str) -> None:
    answer = as_anna.post(f"{gone}left/", {"step": "access.no-such", "done": "yes"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "That isn&#x27;t on the list." in _text(answer)


def test_list_keeps_steps_that_no_domain_knows_any_more(
    as_anna: Client, bo: User, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handovers, "_reminders", {})
    assert "access.wifi" in _text(as_anna.get(gone))


def test_owner_opens_the_account_again_and_is_told_what_comes_back(
    as_anna: Client, as_karin: Client, bo: User, gone: str
) -> None:
    assert "must at once set up a second way anew" in _text(as_anna.get(gone))
    assert "Open the account again" not in _text(as_karin.get(gone))
    assert as_karin.post(f"{gone}reopen/").status_code == HTTPStatus.CONFLICT
    assert not _is_active(bo)
    as_anna.post(f"{gone}reopen/")
    assert _is_active(bo)


def test_who_has_left_is_not_offered_to_leave_again(as_anna: Client, anna: User, gone: str) -> None:
    for browse in (as_anna.get, as_anna.post):
        assert browse(f"{gone}leave/", {"successor": str(anna.pk)}).status_code == HTTPStatus.CONFLICT


def test_second_leaving_begins_a_new_list(anna: User, bo: User, gone: str) -> None:
    leaving_steps.mark(person=bo.pk, code="access.wifi", is_done=True, by=anna, at=timezone.now())
    leaving.reopen(person=bo.pk, by=anna, at=timezone.now())
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now())
    assert [step.done_at for step in LeavingStep.objects.filter(user=bo)] == [None] * 3


def test_what_leaving_did_stands_in_words_in_the_log(as_anna: Client, gone: str) -> None:
    text = _text(as_anna.get("/events/log/?what=accounts.left"))
    assert "You get a list of what else is to be done, with boxes to tick." in text
